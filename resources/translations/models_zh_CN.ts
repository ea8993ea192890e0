<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>Type to filter %1 models…</source>
        <translation>输入以筛选 %1 个模型…</translation>
    </message>
    <message>
        <source>Type a model&apos;s name…</source>
        <translation>输入模型名称…</translation>
    </message>
    <message>
        <source>Filter models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Only models listed with: %1</source>
        <translation>只看标明支持此项的模型：%1</translation>
    </message>
    <message>
        <source>↑↓ choose · Enter use · Esc close</source>
        <translation>↑↓ 选择 · Enter 使用 · Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ModelRowsListModel</name>
    <message>
        <source>Use “%1”, which is not in the list</source>
        <translation>使用“%1”（不在列表中）</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>vision</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>已下线</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>$%1 in · $%2 out / 1M</source>
        <translation>输入 $%1 · 输出 $%2 / 百万</translation>
    </message>
</context>
</TS>
