<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>LogView</name>
    <message>
        <source>It has written nothing yet.</source>
        <translation>它还没有写出任何内容。</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>Mcp</name>
    <message>
        <source>Changed since you allowed it: it asks again.</source>
        <translation>自你允许之后已有改动：会再次询问。</translation>
    </message>
    <message>
        <source>Cannot be used: its schema refers to another document, which is not fetched.</source>
        <translation>无法使用：它的 schema 引用了另一份文档，而那份文档不会被获取。</translation>
    </message>
    <message>
        <source>Cannot be used: its schema is nested too deep.</source>
        <translation>无法使用：它的 schema 嵌套过深。</translation>
    </message>
    <message>
        <source>Cannot be used: its schema is too large.</source>
        <translation>无法使用：它的 schema 过大。</translation>
    </message>
    <message>
        <source>Cannot be used: its schema is not of an object.</source>
        <translation>无法使用：它的 schema 不是对象。</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Variable name</source>
        <translation>变量名称</translation>
    </message>
    <message>
        <source>Variable value</source>
        <translation>变量的值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>Kept in the system keyring</source>
        <translation>保存在系统密钥环中</translation>
    </message>
    <message>
        <source>Kept in the keyring; type to replace it</source>
        <translation>已保存在密钥环中；输入即可替换</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>The server ended by itself. Start it again, or look at its log.</source>
        <translation>服务器自行结束了。可重新启动，或查看它的日志。</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <comment>a server&apos;s name, what is wrong with it</comment>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>The program, or the folder it should start in, was not found.</source>
        <translation>找不到该程序，或找不到它的工作文件夹。</translation>
    </message>
    <message>
        <source>The program cannot be run.</source>
        <translation>该程序无法运行。</translation>
    </message>
    <message>
        <source>The program ended before it was ready. Its log may say why.</source>
        <translation>程序在就绪之前就结束了。日志中可能有原因。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器没有及时回应。</translation>
    </message>
    <message>
        <source>What it says is not MCP. Is it the right command or address?</source>
        <translation>它输出的不是 MCP。命令或地址是否正确？</translation>
    </message>
    <message>
        <source>The server said far too much and was ended.</source>
        <translation>服务器输出过多，已被终止。</translation>
    </message>
    <message>
        <source>The server sent a message beyond all bounds and was ended.</source>
        <translation>服务器发来的一条消息超出上限，已被终止。</translation>
    </message>
    <message>
        <source>The server answered with an error.</source>
        <translation>服务器返回了错误。</translation>
    </message>
    <message>
        <source>The address cannot be reached.</source>
        <translation>无法连接到该地址。</translation>
    </message>
    <message>
        <source>The server wants a key. Add the header that it asks for; signing in by OAuth is not supported.</source>
        <translation>服务器需要密钥。请添加它要求的请求头；不支持 OAuth 登录。</translation>
    </message>
    <message>
        <source>The server points to another address. Nothing was sent there.</source>
        <translation>服务器指向了另一个地址。没有向那里发送任何内容。</translation>
    </message>
    <message>
        <source>A secret that it needs is not in the keyring. Edit the server and enter it.</source>
        <translation>密钥环中没有它需要的机密。请编辑该服务器并输入。</translation>
    </message>
    <message>
        <source>You have not allowed it to run yet.</source>
        <translation>你还没有允许它运行。</translation>
    </message>
    <message>
        <source>The process that runs MCP servers ended. Start the server again.</source>
        <translation>运行 MCP 服务器的进程已结束。请重新启动该服务器。</translation>
    </message>
    <message>
        <source>This is not JSON.</source>
        <translation>这不是 JSON。</translation>
    </message>
    <message>
        <source>There are no servers in it: an object “mcpServers” is looked for.</source>
        <translation>其中没有服务器：需要一个 “mcpServers” 对象。</translation>
    </message>
    <message>
        <source>There is too much in it.</source>
        <translation>内容过多。</translation>
    </message>
    <message>
        <source>This is no object.</source>
        <translation>这不是对象。</translation>
    </message>
    <message>
        <source>It has neither a command nor an address.</source>
        <translation>既没有命令，也没有地址。</translation>
    </message>
    <message>
        <source>It has both a command and an address.</source>
        <translation>同时有命令和地址。</translation>
    </message>
    <message>
        <source>Its command, arguments or folder are not plain text.</source>
        <translation>命令、参数或文件夹不是纯文本。</translation>
    </message>
    <message>
        <source>Its variables or headers are not names with plain text.</source>
        <translation>变量或请求头不是“名称加纯文本”。</translation>
    </message>
    <message>
        <source>The address must be http or https, without a name and password in it.</source>
        <translation>地址必须是 http 或 https，且不含用户名和密码。</translation>
    </message>
    <message>
        <source>It uses the old SSE transport. Ask its maker for the address for streamable HTTP.</source>
        <translation>它使用旧的 SSE 传输方式。请向其作者索取 streamable HTTP 的地址。</translation>
    </message>
    <message>
        <source>Servers of this type are not known; “stdio” and “http” are.</source>
        <translation>不认识这种类型的服务器；可用的是 “stdio” 和 “http”。</translation>
    </message>
    <message>
        <source>It reads variables from a file (envFile). Put them into “env” instead.</source>
        <translation>它从文件读取变量（envFile）。请改为写入 “env”。</translation>
    </message>
    <message>
        <source>A ${…} in the command, folder or address is not filled in here. Write it out.</source>
        <translation>命令、文件夹或地址中的 ${…} 不会被替换。请直接写出。</translation>
    </message>
</context>
<context>
    <name>OfferView</name>
    <message>
        <source>Ticked: new conversations may use it. It still asks you.</source>
        <translation>勾选：新对话可以使用。调用时仍会询问你。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Let new conversations use all tools of this server</source>
        <translation>让新对话使用该服务器的所有工具</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Let new conversations use no tool of this server</source>
        <translation>让新对话不使用该服务器的任何工具</translation>
    </message>
    <message>
        <source>Arguments (JSON schema)</source>
        <translation>参数（JSON schema）</translation>
    </message>
    <message>
        <source>What the server offers</source>
        <translation>服务器提供的内容</translation>
    </message>
    <message>
        <source>What the server says of it</source>
        <translation>服务器对它的说明</translation>
    </message>
</context>
<context>
    <name>PasteBox</name>
    <message>
        <source>Paste servers</source>
        <translation>粘贴服务器</translation>
    </message>
    <message>
        <source>Paste the “mcpServers” JSON that a server&apos;s page or another program gives. Values that look like secrets go into the system keyring. Nothing runs before you have seen the command.</source>
        <translation>粘贴服务器网页或其他程序给出的 “mcpServers” JSON。看起来是机密的值会存入系统密钥环。在你看到命令之前，什么都不会运行。</translation>
    </message>
    <message>
        <source>Servers as JSON</source>
        <translation>JSON 形式的服务器</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RunCard</name>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Connect to this address?</source>
        <translation>连接到这个地址？</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Run this program on your computer?</source>
        <translation>在你的电脑上运行这个程序？</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>It runs with your rights: it can read and change your files and use the network. Run only what you trust. You are asked again whenever any of this changes.</source>
        <translation>它以你的权限运行：可以读取和修改你的文件，也可以使用网络。只运行你信任的程序。以上任何一项有改动时都会再次询问。</translation>
    </message>
    <message>
        <source>What the model gives to its tools is sent there. You are asked again whenever the address or a header&apos;s name changes.</source>
        <translation>模型交给其工具的内容会发送到那里。地址或请求头的名称有改动时会再次询问。</translation>
    </message>
    <message>
        <source>Headers from the keyring: %1</source>
        <translation>来自密钥环的请求头：%1</translation>
    </message>
    <message>
        <source>where Porthole was started</source>
        <translation>启动 Porthole 的文件夹</translation>
    </message>
    <message>
        <source>Folder: %1</source>
        <translation>文件夹：%1</translation>
    </message>
    <message>
        <source>Variable: %1</source>
        <translation>变量：%1</translation>
    </message>
    <message>
        <source>Variables from the keyring: %1</source>
        <translation>来自密钥环的变量：%1</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>The address must be http or https, without a name and password in it.</source>
        <translation>地址必须是 http 或 https，且不含用户名和密码。</translation>
    </message>
    <message>
        <source>A program is needed.</source>
        <translation>需要填写程序。</translation>
    </message>
    <message>
        <source>“%1” cannot be a name here.</source>
        <translation>“%1” 不能用作名称。</translation>
    </message>
    <message>
        <source>“%1” is there twice.</source>
        <translation>“%1” 出现了两次。</translation>
    </message>
    <message>
        <source>The secret “%1” has no value yet.</source>
        <translation>机密 “%1” 还没有值。</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Edit the server</source>
        <translation>编辑服务器</translation>
    </message>
    <message>
        <source>A program on this computer (stdio)</source>
        <translation>本机上的程序（stdio）</translation>
    </message>
    <message>
        <source>An address (streamable HTTP)</source>
        <translation>网络地址（streamable HTTP）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How it is reached</source>
        <translation>连接方式</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Arguments, one a line</source>
        <translation>参数，每行一个</translation>
    </message>
    <message>
        <source>Working folder (may be empty)</source>
        <translation>工作文件夹（可留空）</translation>
    </message>
    <message>
        <source>Environment variables</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Headers, kept in the system keyring</source>
        <translation>请求头，保存在系统密钥环中</translation>
    </message>
    <message>
        <source>+ Add an argument</source>
        <translation>+ 添加参数</translation>
    </message>
    <message>
        <source>Remove this argument</source>
        <translation>移除此参数</translation>
    </message>
    <message>
        <source>+ Add a variable</source>
        <translation>+ 添加变量</translation>
    </message>
    <message>
        <source>Remove this variable</source>
        <translation>移除此变量</translation>
    </message>
    <message>
        <source>+ Add a header</source>
        <translation>+ 添加请求头</translation>
    </message>
    <message>
        <source>Remove this header</source>
        <translation>移除此请求头</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ServerPanel</name>
    <message>
        <source>It says of itself: %1</source>
        <translation>它的自述：%1</translation>
    </message>
    <message>
        <source>None. Start the server to see what it offers.</source>
        <translation>暂无。启动服务器即可查看它提供的内容。</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>无。</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Use this server in conversations</source>
        <translation>在对话中使用此服务器</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What is shown of the server</source>
        <translation>显示服务器的哪些内容</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ServersPage</name>
    <message>
        <source>MCP servers</source>
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>Not allowed yet</source>
        <translation>尚未允许</translation>
    </message>
    <message>
        <source>tools: %1</source>
        <translation>工具 %1</translation>
    </message>
    <message>
        <source>prompts: %1</source>
        <translation>提示词 %1</translation>
    </message>
    <message>
        <source>resources: %1</source>
        <translation>资源 %1</translation>
    </message>
    <message>
        <source>There is no room for more servers.</source>
        <translation>服务器数量已达上限。</translation>
    </message>
    <message>
        <source>Edit the server and enter what is still needed: %1</source>
        <translation>请编辑该服务器，并填入还缺少的内容：%1</translation>
    </message>
    <message>
        <source>The server “%1” was deleted.</source>
        <translation>已删除服务器“%1”。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Programs and addresses that lend tools, prompts and resources to the model. Nothing runs before you have seen the command; each server gets little of your environment, and ends with Porthole.</source>
        <translation>为模型提供工具、提示词和资源的程序与地址。在你看到命令之前，什么都不会运行；每个服务器只得到极少的环境变量，并随 Porthole 一起结束。</translation>
    </message>
    <message>
        <source>There are no servers yet.</source>
        <translation>还没有服务器。</translation>
    </message>
    <message>
        <source>+ Add a server</source>
        <translation>+ 添加服务器</translation>
    </message>
    <message>
        <source>Paste JSON…</source>
        <translation>粘贴 JSON…</translation>
    </message>
</context>
</TS>
