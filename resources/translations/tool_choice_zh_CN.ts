<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ToolButton</name>
    <message>
        <source>Tools %1</source>
        <translation>工具 %1</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools: %1 on</source>
        <translation>工具：已开启 %1 个</translation>
    </message>
    <message>
        <source>Which tools the model may call in this conversation</source>
        <translation>模型在本对话中可以调用哪些工具</translation>
    </message>
    <message>
        <source>This model refused tools: they are left out for it.</source>
        <translation>此模型曾拒绝工具：对它不再附带工具。</translation>
    </message>
</context>
<context>
    <name>ToolChoice</name>
    <message>
        <source>There are no tools yet.</source>
        <translation>还没有工具。</translation>
    </message>
    <message>
        <source>No tool is called that.</source>
        <translation>没有叫这个名字的工具。</translation>
    </message>
    <message>
        <source>%1 more: type to find them.</source>
        <translation>还有 %1 个：输入文字查找。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>All of %1</source>
        <translation>%1 的全部工具</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Withdraw leave: %1</source>
        <translation>收回许可：%1</translation>
    </message>
    <message>
        <source>asks first</source>
        <translation>先询问</translation>
    </message>
    <message>
        <source>asks each time</source>
        <translation>每次询问</translation>
    </message>
    <message>
        <source>Allowed in this conversation</source>
        <translation>在本对话中已允许</translation>
    </message>
    <message>
        <source>Always allowed</source>
        <translation>始终允许</translation>
    </message>
    <message>
        <source>Changed since you allowed it</source>
        <translation>在你允许之后已有改动</translation>
    </message>
</context>
<context>
    <name>ToolPopup</name>
    <message>
        <source>No tool is on: nothing is added to requests.</source>
        <translation>没有开启工具：请求中不会附加内容。</translation>
    </message>
    <message>
        <source>%1 on. They add about %2 tokens to each request.</source>
        <translation>已开启 %1 个，每次请求约增加 %2 个 token。</translation>
    </message>
    <message>
        <source>This model is not listed as one that calls tools. It may refuse them.</source>
        <translation>目录没有标明此模型能调用工具，它可能会拒绝。</translation>
    </message>
    <message>
        <source>This model refused tools: they are left out for it.</source>
        <translation>此模型曾拒绝工具：对它不再附带工具。</translation>
    </message>
    <message>
        <source>Use for new conversations, too</source>
        <translation>也用于新对话</translation>
    </message>
    <message>
        <source>New conversations use these</source>
        <translation>新对话使用这些工具</translation>
    </message>
    <message>
        <source>Type to find a tool…</source>
        <translation>输入文字查找工具…</translation>
    </message>
    <message>
        <source>Find tools</source>
        <translation>查找工具</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Send them again</source>
        <translation>重新附带</translation>
    </message>
    <message>
        <source>Tool settings…</source>
        <translation>工具设置…</translation>
    </message>
</context>
</TS>
