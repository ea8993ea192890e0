<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CapabilityChips</name>
    <message>
        <source>Only models listed with: %1</source>
        <translation>只看标明支持此项的模型：%1</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>已下线</translation>
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
        <source>↑↓ choose</source>
        <translation>↑↓ 选择</translation>
    </message>
    <message>
        <source>Enter use</source>
        <translation>Enter 使用</translation>
    </message>
    <message>
        <source>%1 ★ favourite</source>
        <translation>%1 ★ 收藏</translation>
    </message>
    <message>
        <source>Esc close</source>
        <translation>Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ModelRowsListModel</name>
    <message>
        <source>Use “%1”, which is not in the list</source>
        <translation>使用“%1”（不在列表中）</translation>
    </message>
    <message>
        <source>not in the list</source>
        <translation>不在列表中</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
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
        <source>only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>not for chat</source>
        <translation>非对话模型</translation>
    </message>
    <message>
        <source>The catalogue says that this model only serves %1.</source>
        <translation>模型目录称此模型只提供 %1。</translation>
    </message>
    <message>
        <source>The catalogue lists this model as retired.</source>
        <translation>模型目录标明此模型已下线。</translation>
    </message>
    <message>
        <source>The catalogue says that this model does not answer in text.</source>
        <translation>模型目录称此模型不以文字回答。</translation>
    </message>
    <message>
        <source>Answers of up to %1 tokens</source>
        <translation>回答最长 %1 tokens</translation>
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
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>prices in and out</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 in · %2 out / 1M</source>
        <translation>输入 %1 · 输出 %2 / 百万</translation>
    </message>
    <message>
        <source>loading the list</source>
        <translation>正在载入列表</translation>
    </message>
    <message>
        <source>the list could not be loaded: %1</source>
        <translation>列表无法载入：%1</translation>
    </message>
    <message>
        <source>%1, refreshing</source>
        <translation>%1，正在刷新</translation>
    </message>
    <message>
        <source>%1, could not be refreshed: %2</source>
        <translation>%1，未能刷新：%2</translation>
    </message>
    <message>
        <source>list from earlier</source>
        <translation>较早的列表</translation>
    </message>
    <message>
        <source>list from yesterday</source>
        <translation>列表来自 1 天前</translation>
    </message>
    <message>
        <source>list from %1 days ago</source>
        <translation>列表来自 %1 天前</translation>
    </message>
    <message>
        <source>list from 1 hour ago</source>
        <translation>列表来自 1 小时前</translation>
    </message>
    <message>
        <source>list from %1 hours ago</source>
        <translation>列表来自 %1 小时前</translation>
    </message>
    <message>
        <source>list from 1 minute ago</source>
        <translation>列表来自 1 分钟前</translation>
    </message>
    <message>
        <source>list from %1 minutes ago</source>
        <translation>列表来自 %1 分钟前</translation>
    </message>
    <message>
        <source>list from just now</source>
        <translation>列表刚刚更新</translation>
    </message>
</context>
<context>
    <name>ServiceChips</name>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Ask this service: %1</source>
        <translation>使用此服务：%1</translation>
    </message>
</context>
</TS>
