<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance &amp; chat</source>
        <translation>外观与对话</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>更改立即生效。</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Reasoning pane</source>
        <translation>推理面板</translation>
    </message>
    <message>
        <source>Enter key</source>
        <translation>回车键</translation>
    </message>
    <message>
        <source>Earlier pictures</source>
        <translation>之前的图片</translation>
    </message>
    <message>
        <source>Latest questions</source>
        <translation>最近的提问数</translation>
    </message>
    <message>
        <source>Pictures on the web</source>
        <translation>网络图片</translation>
    </message>
    <message>
        <source>Wait for an answer&apos;s start</source>
        <translation>等待回答开始</translation>
    </message>
    <message>
        <source>Wait during an answer</source>
        <translation>回答中途等待</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Folds when the answer starts</source>
        <translation>回答开始时折叠</translation>
    </message>
    <message>
        <source>Stays open</source>
        <translation>保持展开</translation>
    </message>
    <message>
        <source>Starts folded</source>
        <translation>一开始就折叠</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter breaks the line</source>
        <translation>Enter 发送，Shift+Enter 换行</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Enter breaks the line</source>
        <translation>Ctrl+Enter 发送，Enter 换行</translation>
    </message>
    <message>
        <source>All go along with every question</source>
        <translation>每次提问都一并发送</translation>
    </message>
    <message>
        <source>Only those of the latest questions</source>
        <translation>只发送最近几次提问的</translation>
    </message>
    <message>
        <source>None: what was read from them here goes instead</source>
        <translation>都不发送：改为发送在本机读出的文字</translation>
    </message>
    <message>
        <source>Ask when an address is pasted or dropped</source>
        <translation>粘贴或拖入网址时询问</translation>
    </message>
    <message>
        <source>Send the address only</source>
        <translation>只发送网址</translation>
    </message>
    <message>
        <source>Fetch the picture and send it</source>
        <translation>获取图片并发送</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Text in pictures</source>
        <translation>图片中的文字</translation>
    </message>
    <message>
        <source>Read here when I ask for it</source>
        <translation>仅在我要求时在本机识别</translation>
    </message>
    <message>
        <source>Read here when idle, so that search finds it</source>
        <translation>空闲时在本机识别，以便搜索</translation>
    </message>
</context>
</TS>
