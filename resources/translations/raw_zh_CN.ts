<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>RawView</name>
    <message>
        <source>[%1 bytes left out here]</source>
        <translation>[此处略去 %1 字节]</translation>
    </message>
    <message>
        <source>No response came.</source>
        <translation>没有收到响应。</translation>
    </message>
    <message>
        <source>Status %1</source>
        <translation>状态 %1</translation>
    </message>
    <message>
        <source>%1 bytes received</source>
        <translation>收到 %1 字节</translation>
    </message>
    <message>
        <source>its first and last part were kept</source>
        <translation>保留了开头和结尾</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>Copied as sent, for a POSIX shell. The key is taken from $%1.</source>
        <translation>已按发送内容复制，适用于 POSIX shell。密钥取自 $%1。</translation>
    </message>
    <message>
        <source>Copied without the pictures&apos; data, which is too long: put it in place of “sha256:…” yourself. The key is taken from $%1.</source>
        <translation>已复制，但图片数据过长，未包含在内：请自行替换“sha256:…”处。密钥取自 $%1。</translation>
    </message>
    <message>
        <source>Request and response</source>
        <translation>请求与响应</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Request body</source>
        <translation>请求正文</translation>
    </message>
    <message>
        <source>Response headers</source>
        <translation>响应头</translation>
    </message>
    <message>
        <source>Response body</source>
        <translation>响应正文</translation>
    </message>
    <message>
        <source>Indented</source>
        <translation>缩进显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing was kept for this message.</source>
        <translation>这条消息没有保留记录。</translation>
    </message>
    <message>
        <source>As sent, but indented; the key is left out, and pictures are their hash.</source>
        <translation>与发送内容一致，但加了缩进；不含密钥，图片以哈希值表示。</translation>
    </message>
</context>
</TS>
