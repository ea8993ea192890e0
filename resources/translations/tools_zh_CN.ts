<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CommandFields</name>
    <message>
        <source>Program and its words, one a line</source>
        <translation>程序及其参数，每行一个</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Variables, NAME=value, one a line</source>
        <translation>环境变量，NAME=值，每行一个</translation>
    </message>
    <message>
        <source>Secret variables</source>
        <translation>机密环境变量</translation>
    </message>
    <message>
        <source>It is started without a shell: $, |, &gt; and quotes are plain characters. The arguments come as JSON on its standard input; what it writes to standard output is the result. Each run is asked for.</source>
        <translation>启动时不经过 shell：$、|、&gt; 和引号都只是普通字符。参数以 JSON 写到标准输入，标准输出即为结果。每次运行都会先询问。</translation>
    </message>
    <message>
        <source>A new, empty one for each call</source>
        <translation>每次调用新建一个空文件夹</translation>
    </message>
</context>
<context>
    <name>OwnTools</name>
    <message>
        <source>Does not ask: it only works something out.</source>
        <translation>不询问：只做计算。</translation>
    </message>
    <message>
        <source>Does not ask: it only reads what you gave it to read.</source>
        <translation>不询问：只读取您允许读取的内容。</translation>
    </message>
    <message>
        <source>Asks first: something leaves this computer.</source>
        <translation>先询问：有内容会离开这台电脑。</translation>
    </message>
    <message>
        <source>Asks first: it may change something.</source>
        <translation>先询问：可能会更改某些内容。</translation>
    </message>
    <message>
        <source>Asks each time: it runs code on this computer.</source>
        <translation>每次都询问：会在这台电脑上运行代码。</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>The current date and time, here or in other time zones.</source>
        <translation>现在的日期和时间，本地或其他时区。</translation>
    </message>
    <message>
        <source>Calculator</source>
        <translation>计算器</translation>
    </message>
    <message>
        <source>Works out arithmetic exactly, instead of guessing.</source>
        <translation>精确计算，而不是猜测。</translation>
    </message>
    <message>
        <source>Read a web page</source>
        <translation>读取网页</translation>
    </message>
    <message>
        <source>The text of a page or PDF on the web, by its address.</source>
        <translation>按地址读取网页或网上 PDF 的文字。</translation>
    </message>
    <message>
        <source>Weather</source>
        <translation>天气</translation>
    </message>
    <message>
        <source>The weather of a place, from Open-Meteo.com (free for non-commercial use).</source>
        <translation>某地的天气，来自 Open-Meteo.com（非商业用途免费）。</translation>
    </message>
    <message>
        <source>Search your history</source>
        <translation>搜索历史记录</translation>
    </message>
    <message>
        <source>Finds words in your other conversations.</source>
        <translation>在您的其他对话中查找文字。</translation>
    </message>
    <message>
        <source>List a folder</source>
        <translation>列出文件夹</translation>
    </message>
    <message>
        <source>The names of the files in folders that you picked.</source>
        <translation>您选定的文件夹中的文件名。</translation>
    </message>
    <message>
        <source>Read a file</source>
        <translation>读取文件</translation>
    </message>
    <message>
        <source>Text, documents and pictures in folders that you picked.</source>
        <translation>您选定的文件夹中的文本、文档和图片。</translation>
    </message>
    <message>
        <source>Run Python</source>
        <translation>运行 Python</translation>
    </message>
    <message>
        <source>Runs a Python script that the model wrote, on this computer.</source>
        <translation>在这台电脑上运行模型编写的 Python 脚本。</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>运行命令</translation>
    </message>
    <message>
        <source>Runs a shell command that the model wrote, on this computer.</source>
        <translation>在这台电脑上运行模型编写的 shell 命令。</translation>
    </message>
</context>
<context>
    <name>ReachFields</name>
    <message>
        <source>Tools read these folders and files and what is in them, and nothing else.</source>
        <translation>工具只能读取这些文件夹和文件及其中的内容。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Hosts of your own network that tools may read pages of, one a line, such as nas.local:8080; all others there are refused.</source>
        <translation>允许工具读取网页的内网主机，每行一个，例如 nas.local:8080；其他内网主机一律拒绝。</translation>
    </message>
    <message>
        <source>Hosts of your own network</source>
        <translation>内网主机</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>RequestFields</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Headers, Name: value, one a line</source>
        <translation>请求头，名称: 值，每行一个</translation>
    </message>
    <message>
        <source>Secret headers</source>
        <translation>机密请求头</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>As JSON in the body</source>
        <translation>以 JSON 放在请求体中</translation>
    </message>
    <message>
        <source>In the address, after ?</source>
        <translation>放在地址的 ? 之后</translation>
    </message>
    <message>
        <source>It goes through the network settings for all services, and to this address alone: a redirect to another host is not followed, and secrets stay with the host they were entered for.</source>
        <translation>请求使用所有服务共用的网络设置，且只发往此地址：不会跟随到其他主机的重定向，机密只用于输入时对应的主机。</translation>
    </message>
</context>
<context>
    <name>RoundsLimit</name>
    <message>
        <source>rounds of calls in one turn, then you are asked whether it goes on (%1–%2)</source>
        <translation>轮调用之后会询问是否继续（%1–%2）</translation>
    </message>
    <message>
        <source>Rounds of tool calls in one turn</source>
        <translation>一次回答中的工具调用轮数</translation>
    </message>
</context>
<context>
    <name>SchemaForm</name>
    <message>
        <source>the JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>One a line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Write the arguments as JSON</source>
        <translation>以 JSON 填写参数</translation>
    </message>
    <message>
        <source>Arguments as JSON</source>
        <translation>JSON 形式的参数</translation>
    </message>
</context>
<context>
    <name>SecretRows</name>
    <message>
        <source>Add a secret</source>
        <translation>添加机密</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the secret</source>
        <translation>机密的名称</translation>
    </message>
    <message>
        <source>In the keyring; type to replace it</source>
        <translation>已存入密钥环；输入即可替换</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Value of the secret</source>
        <translation>机密的值</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this secret</source>
        <translation>移除此机密</translation>
    </message>
</context>
<context>
    <name>StandingLeaves</name>
    <message>
        <source>No tool is always allowed. A call&apos;s card offers it, but not for commands.</source>
        <translation>目前没有始终允许的工具。可在调用卡片中选择，但运行命令的工具除外。</translation>
    </message>
    <message>
        <source>%1 (not there now)</source>
        <translation>%1（当前不存在）</translation>
    </message>
    <message>
        <source>%1 (was changed since: asks again)</source>
        <translation>%1（之后有改动：会再次询问）</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Withdraw the leave for %1</source>
        <translation>撤回对 %1 的允许</translation>
    </message>
</context>
<context>
    <name>ToolEditor</name>
    <message>
        <source>This is not JSON yet; the schema before it holds.</source>
        <translation>还不是 JSON；仍使用之前的 schema。</translation>
    </message>
    <message>
        <source>It has to be the schema of an object: “type”: “object”.</source>
        <translation>必须是对象的 schema：“type”: “object”。</translation>
    </message>
    <message>
        <source>It is too long or too deep.</source>
        <translation>过长或嵌套过深。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description for the model</source>
        <translation>给模型的说明</translation>
    </message>
    <message>
        <source>Arguments, as a JSON schema</source>
        <translation>参数（JSON schema）</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>调用时</translation>
    </message>
    <message>
        <source>Longest time, %1–%2 s</source>
        <translation>时间上限，%1–%2 秒</translation>
    </message>
    <message>
        <source>When to call it, and what it gives back.</source>
        <translation>何时调用，以及返回什么。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>尚未设定</translation>
    </message>
    <message>
        <source>Run a program</source>
        <translation>运行程序</translation>
    </message>
    <message>
        <source>Send an HTTP request</source>
        <translation>发送 HTTP 请求</translation>
    </message>
    <message>
        <source>Switched on: conversations may choose it</source>
        <translation>已启用：可在对话中选用</translation>
    </message>
    <message>
        <source>Let new conversations use it</source>
        <translation>新对话默认使用</translation>
    </message>
</context>
<context>
    <name>ToolWords</name>
    <message>
        <source>It needs a name.</source>
        <translation>需要名称。</translation>
    </message>
    <message>
        <source>A draft: say above what is done on a call.</source>
        <translation>草稿：请在上面设定调用时做什么。</translation>
    </message>
    <message>
        <source>It needs the program to run.</source>
        <translation>需要填写要运行的程序。</translation>
    </message>
    <message>
        <source>It needs an address that begins with http or https.</source>
        <translation>需要以 http 或 https 开头的地址。</translation>
    </message>
    <message>
        <source>A header&apos;s name or value has characters that cannot be sent.</source>
        <translation>某个请求头的名称或值含有无法发送的字符。</translation>
    </message>
    <message>
        <source>The name of a variable cannot be one.</source>
        <translation>某个环境变量的名称无效。</translation>
    </message>
    <message>
        <source>Its schema refers to another one, which is not fetched.</source>
        <translation>它的 schema 引用了外部 schema，而外部内容不会被获取。</translation>
    </message>
    <message>
        <source>Another tool has this name; models know this one as %1.</source>
        <translation>另一个工具已使用此名称；模型看到的名称是 %1。</translation>
    </message>
    <message>
        <source>Models know it as %1: services take names of 64 letters, digits, _ and - at most.</source>
        <translation>模型看到的名称是 %1：服务只接受最多 64 个字母、数字、_ 和 - 组成的名称。</translation>
    </message>
    <message>
        <source>It refers to %1. Nothing outside a schema is fetched.</source>
        <translation>它引用了 %1。不会获取 schema 之外的任何内容。</translation>
    </message>
    <message>
        <source>It refers to itself and says nothing else.</source>
        <translation>它只引用自身，没有其他内容。</translation>
    </message>
    <message>
        <source>This is no schema that can be followed: %1</source>
        <translation>这不是可用的 schema：%1</translation>
    </message>
    <message>
        <source>Line %1.</source>
        <translation>第 %1 行。</translation>
    </message>
    <message>
        <source>Nothing was imported, and your tools are as before.</source>
        <translation>没有导入任何内容，你的工具保持不变。</translation>
    </message>
    <message>
        <source>The list is larger than %2 MB.</source>
        <translation>列表大于 %2 MB。</translation>
    </message>
    <message>
        <source>This is not JSON, or holds what JSON cannot.</source>
        <translation>这不是 JSON，或含有 JSON 不允许的内容。</translation>
    </message>
    <message>
        <source>There are no functions for models in it.</source>
        <translation>其中没有可供模型调用的函数。</translation>
    </message>
    <message>
        <source>There are more than %2 tools in it.</source>
        <translation>其中的工具超过 %2 个。</translation>
    </message>
    <message>
        <source>Tool %1 has no name of up to %2 characters.</source>
        <translation>第 %1 个工具没有不超过 %2 个字符的名称。</translation>
    </message>
    <message>
        <source>Tool %1 has no description of up to %2 characters.</source>
        <translation>第 %1 个工具的说明不是不超过 %2 个字符的文本。</translation>
    </message>
    <message>
        <source>The parameters of tool %1 are no schema to work with.</source>
        <translation>第 %1 个工具的参数不是可用的 schema。</translation>
    </message>
</context>
<context>
    <name>ToolsPage</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>All tools of the list are here already, or there is no room.</source>
        <translation>列表中的工具都已存在，或数量已满。</translation>
    </message>
    <message>
        <source>%1 drafts were added. Say for each what is done on a call.</source>
        <translation>已添加 %1 个草稿。请为每个设定调用时做什么。</translation>
    </message>
    <message>
        <source>Left out, as already here or no functions: %1.</source>
        <translation>已存在或不是函数而略去：%1 个。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>The tool “%1” was deleted.</source>
        <translation>工具“%1”已删除。</translation>
    </message>
    <message>
        <source>The tools were copied as JSON, without their actions.</source>
        <translation>工具已复制为 JSON，不含其执行方式。</translation>
    </message>
    <message>
        <source>Functions that a model may call in a conversation that lets it. What leaves this computer or may change something asks first. Those ticked here are chosen in new conversations.</source>
        <translation>模型可在允许的对话中调用的函数。会离开本机或可能改动内容的调用会先询问。此处勾选的工具在新对话中默认选用。</translation>
    </message>
    <message>
        <source>You have no tools of your own yet.</source>
        <translation>你还没有自己的工具。</translation>
    </message>
    <message>
        <source>Your own tools</source>
        <translation>你自己的工具</translation>
    </message>
    <message>
        <source>Porthole&apos;s own tools</source>
        <translation>Porthole 自带的工具</translation>
    </message>
    <message>
        <source>What they may read</source>
        <translation>工具可读取的内容</translation>
    </message>
    <message>
        <source>Always allowed</source>
        <translation>始终允许</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>New tool</source>
        <translation>新建工具</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
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
        <source>Import from the clipboard</source>
        <translation>从剪贴板导入</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>全部导出…</translation>
    </message>
    <message>
        <source>Copy all as JSON</source>
        <translation>全部复制为 JSON</translation>
    </message>
</context>
<context>
    <name>TryPanel</name>
    <message>
        <source>This is not what its field takes: %1</source>
        <translation>此项填写的内容不符合要求：%1</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>正在运行…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Failed after %1 s</source>
        <translation>%1 秒后失败</translation>
    </message>
    <message>
        <source>Done in %1 s</source>
        <translation>用时 %1 秒</translation>
    </message>
    <message>
        <source>a picture of %1 KB</source>
        <translation>一张 %1 KB 的图片</translation>
    </message>
    <message>
        <source>the first %1 of %2 characters are shown</source>
        <translation>显示 %2 个字符中的前 %1 个</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>What will be done</source>
        <translation>将要执行的内容</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run once</source>
        <translation>运行一次</translation>
    </message>
</context>
</TS>
