<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>SchemaEditor</name>
    <message>
        <source>There is no schema in this file.</source>
        <translation>此文件中没有结构。</translation>
    </message>
    <message>
        <source>A name is 1 to 64 letters, digits, _ or -.</source>
        <translation>名称为 1 到 64 个字母、数字、_ 或 -。</translation>
    </message>
    <message>
        <source>✓ A schema that can be followed</source>
        <translation>✓ 结构有效</translation>
    </message>
    <message>
        <source>Schema of the answer</source>
        <translation>回答的结构</translation>
    </message>
    <message>
        <source>Name and strictness</source>
        <translation>名称与严格模式</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>JSON Schema</source>
        <translation>JSON Schema</translation>
    </message>
    <message>
        <source>Paste a JSON that looks like the answer.</source>
        <translation>粘贴一段与期望回答相似的 JSON。</translation>
    </message>
    <message>
        <source>Name of the schema</source>
        <translation>结构名称</translation>
    </message>
    <message>
        <source>The schema</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格</translation>
    </message>
    <message>
        <source>The model must follow the schema exactly</source>
        <translation>模型必须完全遵循此结构</translation>
    </message>
    <message>
        <source>Go to the line</source>
        <translation>转到该行</translation>
    </message>
    <message>
        <source>Make it strict</source>
        <translation>改为严格</translation>
    </message>
    <message>
        <source>Make a schema</source>
        <translation>生成结构</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use in this conversation</source>
        <translation>用于此对话</translation>
    </message>
</context>
<context>
    <name>SchemaList</name>
    <message>
        <source>Template: receipt</source>
        <translation>模板：票据</translation>
    </message>
    <message>
        <source>Template: table</source>
        <translation>模板：表格</translation>
    </message>
    <message>
        <source>Template: contact</source>
        <translation>模板：联系人</translation>
    </message>
    <message>
        <source>Template: key points</source>
        <translation>模板：要点</translation>
    </message>
    <message>
        <source>From an example…</source>
        <translation>从示例生成…</translation>
    </message>
    <message>
        <source>Templates and saved schemas</source>
        <translation>模板与已保存的结构</translation>
    </message>
</context>
<context>
    <name>Schemas</name>
    <message>
        <source>Write a JSON Schema here, or begin with one at the left.</source>
        <translation>在此编写 JSON Schema，或从左侧选一个开始。</translation>
    </message>
    <message>
        <source>Line %1 refers to “%2”. Nothing outside the schema is ever fetched.</source>
        <translation>第 %1 行引用了“%2”。结构之外的内容一律不会下载。</translation>
    </message>
    <message>
        <source>It only refers to itself: no answer can match it.</source>
        <translation>它只引用自身：没有回答能与它相符。</translation>
    </message>
    <message>
        <source>A schema is a JSON object: {&quot;type&quot;: &quot;object&quot;, …}.</source>
        <translation>结构是一个 JSON 对象：{"type": "object", …}。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Strict wants “additionalProperties”: false (at %1).</source>
        <translation>严格模式要求 “additionalProperties”: false（位于 %1）。</translation>
    </message>
    <message>
        <source>Strict wants all properties to be required (at %1).</source>
        <translation>严格模式要求所有属性都是必填（位于 %1）。</translation>
    </message>
</context>
</TS>
