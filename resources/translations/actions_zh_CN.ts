<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionEditor</name>
    <message>
        <source>A quick action needs a name.</source>
        <translation>快捷操作需要一个名称。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答形式</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Parameters of this question</source>
        <translation>这个问题的参数</translation>
    </message>
    <message>
        <source>Name of the quick action</source>
        <translation>快捷操作的名称</translation>
    </message>
    <message>
        <source>What is asked about the picture. What you typed in the message follows it.</source>
        <translation>针对图片提出的问题。你在消息框中输入的内容接在其后。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Table in Markdown</source>
        <translation>Markdown 表格</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Use the conversation&apos;s model</source>
        <translation>改用对话的模型</translation>
    </message>
    <message>
        <source>Ask this by itself about a dropped picture</source>
        <translation>拖入图片后自动提这个问题</translation>
    </message>
    <message>
        <source>After a drop on an empty message, the picture is shown as it will be sent, and this question is sent two seconds later: Esc, typing or any change stops it. Nothing is sent by itself for pasted or captured pictures, for files that are no pictures, for more than four pictures at once, or to a model that is not listed as seeing.</source>
        <translation>把图片拖到空白消息上后，会先显示将要发送的图片，两秒后发送这个问题：按 Esc、输入文字或做任何改动都会停止发送。粘贴或截取的图片、非图片文件、一次超过四张图片，或模型未标明能看图时，都不会自动发送。</translation>
    </message>
    <message>
        <source>Use Porthole&apos;s own words again</source>
        <translation>恢复舷窗自带的内容</translation>
    </message>
</context>
<context>
    <name>ActionFile</name>
    <message>
        <source>Nothing was imported, and your quick actions are as before.</source>
        <translation>没有导入任何内容，你的快捷操作保持原样。</translation>
    </message>
    <message>
        <source>The file is larger than %2 MB.</source>
        <translation>文件超过 %2 MB。</translation>
    </message>
    <message>
        <source>The file is not JSON, or holds what JSON cannot.</source>
        <translation>文件不是 JSON，或含有 JSON 不允许的内容。</translation>
    </message>
    <message>
        <source>The file holds no quick actions of Porthole.</source>
        <translation>文件中没有舷窗的快捷操作。</translation>
    </message>
    <message>
        <source>The file is of another version of Porthole.</source>
        <translation>文件来自其他版本的舷窗。</translation>
    </message>
    <message>
        <source>There are no quick actions in the file.</source>
        <translation>文件中一个快捷操作也没有。</translation>
    </message>
    <message>
        <source>There are more than %2 quick actions in the file.</source>
        <translation>文件中的快捷操作超过 %2 个。</translation>
    </message>
    <message>
        <source>Quick action %1 has no name of up to %2 characters.</source>
        <translation>第 %1 个快捷操作没有不超过 %2 个字符的名称。</translation>
    </message>
    <message>
        <source>Quick action %1 has no prompt of up to %2 characters.</source>
        <translation>第 %1 个快捷操作没有不超过 %2 个字符的提示词。</translation>
    </message>
    <message>
        <source>The model of quick action %1 is no model&apos;s name.</source>
        <translation>第 %1 个快捷操作的模型不是有效的模型名称。</translation>
    </message>
    <message>
        <source>The parameters of quick action %1 are not what can be sent.</source>
        <translation>第 %1 个快捷操作的参数无法发送。</translation>
    </message>
</context>
<context>
    <name>ActionList</name>
    <message>
        <source>on a drop</source>
        <translation>拖入时</translation>
    </message>
</context>
<context>
    <name>ActionsPage</name>
    <message>
        <source>Quick actions</source>
        <translation>快捷操作</translation>
    </message>
    <message>
        <source>All quick actions of the file are here already, or there is no room.</source>
        <translation>文件中的快捷操作这里都已有，或已没有空位。</translation>
    </message>
    <message>
        <source>One quick action was added.</source>
        <translation>已添加 1 个快捷操作。</translation>
    </message>
    <message>
        <source>%1 quick actions were added.</source>
        <translation>已添加 %1 个快捷操作。</translation>
    </message>
    <message>
        <source>Left out as already here: %1.</source>
        <translation>已有而略过：%1 个。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>New quick action</source>
        <translation>新建快捷操作</translation>
    </message>
    <message>
        <source>The quick action “%1” was deleted.</source>
        <translation>已删除快捷操作“%1”。</translation>
    </message>
    <message>
        <source>Porthole&apos;s own words are back, in your language.</source>
        <translation>已恢复舷窗自带的内容，并使用你的语言。</translation>
    </message>
    <message>
        <source>Questions about pictures that one click or one key sends. The model and the parameters set here hold for that one question; the conversation&apos;s own stay. Drag to change the order, or use Alt+↑ and Alt+↓.</source>
        <translation>点一下或按一个键就能发送的图片问题。这里设置的模型和参数只用于那一个问题，对话自己的设置不变。可拖动调整顺序，或按 Alt+↑ 和 Alt+↓。</translation>
    </message>
    <message>
        <source>There are no quick actions.</source>
        <translation>还没有快捷操作。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>全部导出…</translation>
    </message>
    <message>
        <source>Bring back Porthole&apos;s own</source>
        <translation>找回舷窗自带的</translation>
    </message>
</context>
</TS>
