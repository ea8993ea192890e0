<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
