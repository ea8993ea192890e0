<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AnswerCard</name>
    <message>
        <source>Ask about a region of the screen</source>
        <translation>就屏幕区域提问</translation>
    </message>
    <message>
        <source>Ask about this region…</source>
        <translation>就这个区域提问…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open as conversation</source>
        <translation>作为对话打开</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Drag a region · click: the whole screen · Space: the last region · Enter takes · Esc leaves</source>
        <translation>拖动选择区域 · 单击：整个屏幕 · 空格：上次的区域 · 回车确认 · Esc 退出</translation>
    </message>
    <message>
        <source>Drag a region · click: the whole screen · Enter takes · Esc leaves</source>
        <translation>拖动选择区域 · 单击：整个屏幕 · 回车确认 · Esc 退出</translation>
    </message>
</context>
<context>
    <name>OverlayView</name>
    <message>
        <source>Capture a region of the screen</source>
        <translation>截取屏幕区域</translation>
    </message>
</context>
</TS>
