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
    <name>CapturePage</name>
    <message>
        <source>Screen capture</source>
        <translation>屏幕截图</translation>
    </message>
    <message>
        <source>chosen in the desktop&apos;s settings</source>
        <translation>在桌面设置中选择</translation>
    </message>
    <message>
        <source>The desktop agreed, but gave no key. Choose some in its settings.</source>
        <translation>桌面同意了，但没有给出按键。请在桌面设置中选择。</translation>
    </message>
    <message>
        <source>This desktop has no portal for global keys, so Porthole cannot have any of its own. The desktop itself can run the commands below by a key.</source>
        <translation>此桌面没有用于全局快捷键的门户，舷窗无法自行设置。可以让桌面本身用快捷键运行下面的命令。</translation>
    </message>
    <message>
        <source>None so far. The desktop is asked for keys that work whatever is in front; it may let you choose them.</source>
        <translation>尚未设置。舷窗会向桌面申请在任何程序中都有效的快捷键；桌面可能会让你自己选择。</translation>
    </message>
    <message>
        <source>Asking the desktop…</source>
        <translation>正在询问桌面…</translation>
    </message>
    <message>
        <source>Set up, for as long as Porthole runs. Other keys are chosen in the desktop&apos;s keyboard settings.</source>
        <translation>已设置，在舷窗运行期间有效。要改用其他按键，请到桌面的键盘设置中选择。</translation>
    </message>
    <message>
        <source>The desktop gave no keys, or took them back. Set them up again, or use the commands below.</source>
        <translation>桌面没有给出快捷键，或已将其收回。可以重新设置，或使用下面的命令。</translation>
    </message>
    <message>
        <source>Make a shortcut on the desktop for each of these commands; in its properties, give it a shortcut key.</source>
        <translation>请在桌面上为以下每条命令新建快捷方式，并在其属性中设置快捷键。</translation>
    </message>
    <message>
        <source>In the Shortcuts app, make a shortcut that runs one of these commands as a shell script, and give it a key.</source>
        <translation>请在“快捷指令”App 中新建一条以 Shell 脚本运行以下命令的快捷指令，并为它指定按键。</translation>
    </message>
    <message>
        <source>In the desktop&apos;s keyboard settings, add a shortcut of your own for each of these commands. Such a key also starts Porthole where it does not run.</source>
        <translation>请在桌面的键盘设置中，为以下每条命令添加自定义快捷键。舷窗没有运行时，按下它也会启动舷窗。</translation>
    </message>
    <message>
        <source>A region of the screen goes into the message, or is asked about in a card beside it.</source>
        <translation>截取的屏幕区域会放入消息，或在旁边的卡片中直接提问。</translation>
    </message>
    <message>
        <source>Keys in Porthole&apos;s window</source>
        <translation>舷窗窗口中的快捷键</translation>
    </message>
    <message>
        <source>Keys that work everywhere</source>
        <translation>在任何程序中都有效的快捷键</translation>
    </message>
    <message>
        <source>By a command</source>
        <translation>通过命令</translation>
    </message>
    <message>
        <source>Copy the command: %1</source>
        <translation>复制命令：%1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Set up global keys</source>
        <translation>设置全局快捷键</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Capture a region of the screen</source>
        <translation>截取屏幕区域</translation>
    </message>
    <message>
        <source>Ask about a region of the screen</source>
        <translation>就屏幕区域提问</translation>
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
