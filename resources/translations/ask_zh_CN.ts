<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Ask</name>
    <message>
        <source>Without the window: set JIEKOU_API_KEY, or PORTHOLE_API_KEY with --base-url; or try --demo.</source>
        <translation>不开窗口时：设置 JIEKOU_API_KEY，或配合 --base-url 设置 PORTHOLE_API_KEY；也可以用 --demo 试试。</translation>
    </message>
    <message>
        <source>The answer was cut at max tokens.</source>
        <translation>回答达到 max tokens 上限，被截断了。</translation>
    </message>
    <message>
        <source>The answer may be cut short: its end was never said.</source>
        <translation>回答可能不完整：服务没有说明它已结束。</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>%1 秒后重试。</translation>
    </message>
    <message>
        <source>The model refused this response format: asking again for a JSON object.</source>
        <translation>模型拒绝了这种输出格式：改为请求 JSON 对象。</translation>
    </message>
    <message>
        <source>The model refused this response format: asking again with the schema in the prompt.</source>
        <translation>模型拒绝了这种输出格式：改为把 schema 写进提示词再问一次。</translation>
    </message>
</context>
</TS>
