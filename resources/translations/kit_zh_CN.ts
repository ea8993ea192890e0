<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dialogs</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The system gave no picture of the screen. Allow Porthole to record the screen in the system&apos;s settings, then try again.</source>
        <translation>系统没有给出屏幕画面。请在系统设置中允许舷窗录制屏幕，然后重试。</translation>
    </message>
    <message>
        <source>This desktop has no portal for screenshots. Take one with the desktop&apos;s own tool and paste it here.</source>
        <translation>此桌面没有截图门户。请用桌面自带的截图工具截取，再粘贴到这里。</translation>
    </message>
    <message>
        <source>The desktop gave no picture of the screen. Allow Porthole to take screenshots in the desktop&apos;s settings, or take one with the desktop&apos;s own tool and paste it here.</source>
        <translation>桌面没有给出屏幕画面。请在桌面设置中允许舷窗截图，或用桌面自带的截图工具截取，再粘贴到这里。</translation>
    </message>
    <message>
        <source>The desktop&apos;s portal for screenshots did not answer. Try again, or take one with the desktop&apos;s own tool and paste it here.</source>
        <translation>桌面的截图门户没有回应。请重试，或用桌面自带的截图工具截取，再粘贴到这里。</translation>
    </message>
    <message>
        <source>This file</source>
        <translation>此文件</translation>
    </message>
    <message>
        <source>That did not work. Nothing was lost; try again.</source>
        <translation>操作没有成功。没有丢失任何内容，请重试。</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>该主机</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>Your message is kept.</source>
        <translation>您的消息已保留。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences, one after the other</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>错误码</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求编号</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a fact in Details</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Porthole itself made a mistake (%1). What was saved is safe. If it happens again, please report it.</source>
        <translation>舷窗自身出错（%1）。已保存的内容是安全的。如果再次发生，请报告。</translation>
    </message>
    <message>
        <source>Enter the right ones in Settings.</source>
        <translation>请在“设置”中填写正确的用户名和密码。</translation>
    </message>
    <message>
        <source>Try again in %1 s.</source>
        <translation>请在 %1 秒后重试。</translation>
    </message>
    <message>
        <source>There is no API key for this service</source>
        <translation>此服务没有 API 密钥</translation>
    </message>
    <message>
        <source>The system keyring did not open, so the key could not be read</source>
        <translation>系统密钥环未能打开，无法读取密钥</translation>
    </message>
    <message>
        <source>The API key holds characters that no key has; nothing was sent</source>
        <translation>API 密钥含有密钥中不会出现的字符，未发送任何内容</translation>
    </message>
    <message>
        <source>This is no address a request can be sent to</source>
        <translation>这不是可以发送请求的地址</translation>
    </message>
    <message>
        <source>The service of this conversation was removed, so nothing was sent</source>
        <translation>此对话使用的服务已被移除，因此没有发送任何内容</translation>
    </message>
    <message>
        <source>The network settings cannot be used, so nothing was sent</source>
        <translation>网络设置无法使用，因此没有发送任何内容</translation>
    </message>
    <message>
        <source>A proxy on the way to %1 did not let the request through</source>
        <translation>通往 %1 途中的代理没有放行请求</translation>
    </message>
    <message>
        <source>%1 was not found</source>
        <translation>找不到 %1</translation>
    </message>
    <message>
        <source>No connection to %1</source>
        <translation>无法连接到 %1</translation>
    </message>
    <message>
        <source>The connection to %1 could not be secured</source>
        <translation>无法与 %1 建立安全连接</translation>
    </message>
    <message>
        <source>%1 points to another address, and the key does not follow it</source>
        <translation>%1 指向另一个地址，密钥不会随之发送</translation>
    </message>
    <message>
        <source>The request could not be made, so nothing was sent</source>
        <translation>无法生成请求，因此没有发送任何内容</translation>
    </message>
    <message>
        <source>The service rejected the request</source>
        <translation>服务拒绝了请求</translation>
    </message>
    <message>
        <source>The key was refused</source>
        <translation>密钥被拒绝</translation>
    </message>
    <message>
        <source>The service does not allow this</source>
        <translation>服务不允许此操作</translation>
    </message>
    <message>
        <source>The model or address was not found</source>
        <translation>找不到该模型或地址</translation>
    </message>
    <message>
        <source>The request is too large for the service</source>
        <translation>请求超出了服务的大小限制</translation>
    </message>
    <message>
        <source>The service&apos;s limit is reached</source>
        <translation>已达到服务的限额</translation>
    </message>
    <message>
        <source>The service is not available</source>
        <translation>服务暂不可用</translation>
    </message>
    <message>
        <source>The service reported an error</source>
        <translation>服务报告了错误</translation>
    </message>
    <message>
        <source>No answer came in time</source>
        <translation>未能按时收到回答</translation>
    </message>
    <message>
        <source>The answer stopped coming</source>
        <translation>回答中途停止</translation>
    </message>
    <message>
        <source>The connection was lost before the answer&apos;s end</source>
        <translation>回答结束前连接中断</translation>
    </message>
    <message>
        <source>What came back is a web page or something else, not an answer</source>
        <translation>返回的是网页或其他内容，而不是回答</translation>
    </message>
    <message>
        <source>The service&apos;s answer was empty</source>
        <translation>服务的回答为空</translation>
    </message>
    <message>
        <source>The service reported an error while answering</source>
        <translation>服务在回答过程中报告了错误</translation>
    </message>
    <message>
        <source>Porthole itself made a mistake</source>
        <translation>舷窗自身出了错</translation>
    </message>
    <message>
        <source>Add one in Settings, under Services.</source>
        <translation>请在“设置 › 服务”中添加。</translation>
    </message>
    <message>
        <source>Unlock it, then try again.</source>
        <translation>请解锁后重试。</translation>
    </message>
    <message>
        <source>Copy the key again from the service&apos;s console.</source>
        <translation>请从服务的控制台重新复制密钥。</translation>
    </message>
    <message>
        <source>It should look like https://api.jiekou.ai/openai.</source>
        <translation>地址应类似 https://api.jiekou.ai/openai。</translation>
    </message>
    <message>
        <source>Choose a model of another service for this conversation.</source>
        <translation>请为此对话选择其他服务的模型。</translation>
    </message>
    <message>
        <source>Correct them in Settings.</source>
        <translation>请在“设置”中改正。</translation>
    </message>
    <message>
        <source>Check the proxy in Settings.</source>
        <translation>请在“设置”中检查代理。</translation>
    </message>
    <message>
        <source>Check the network and the service&apos;s address.</source>
        <translation>请检查网络和服务地址。</translation>
    </message>
    <message>
        <source>Check the network, and that the service is running there.</source>
        <translation>请检查网络，并确认服务正在该处运行。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock, its certificates and any proxy between.</source>
        <translation>请检查电脑的时钟、证书以及中间的代理。</translation>
    </message>
    <message>
        <source>If you trust that address, enter it in Settings, under Services.</source>
        <translation>如果您信任该地址，请在“设置 › 服务”中填入它。</translation>
    </message>
    <message>
        <source>Change or remove what it names, then try again.</source>
        <translation>请修改或移除其中指出的内容，然后重试。</translation>
    </message>
    <message>
        <source>Change what it names, then try again.</source>
        <translation>请按提示修改后重试。</translation>
    </message>
    <message>
        <source>Check the key in Settings, under Services, then try again.</source>
        <translation>请在“设置 › 服务”中检查密钥，然后重试。</translation>
    </message>
    <message>
        <source>Check the balance, the key and its access to this model; at times it is a rate limit that passes by itself.</source>
        <translation>请检查余额、密钥以及它对该模型的权限；有时这是频率限制，稍后会自行解除。</translation>
    </message>
    <message>
        <source>Choose another model, or check the address in Settings, under Services.</source>
        <translation>请选择其他模型，或在“设置 › 服务”中检查地址。</translation>
    </message>
    <message>
        <source>Send fewer or smaller pictures, or less text.</source>
        <translation>请减少或缩小图片，或减少文字。</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>请稍候再试。</translation>
    </message>
    <message>
        <source>Try again in a little while.</source>
        <translation>请过一会儿再试。</translation>
    </message>
    <message>
        <source>Try again; if it stays, ask the service with the request id in Details.</source>
        <translation>请重试；如仍出现，请凭“详情”中的请求编号询问服务方。</translation>
    </message>
    <message>
        <source>Try again, or choose a faster model.</source>
        <translation>请重试，或选择更快的模型。</translation>
    </message>
    <message>
        <source>What arrived is kept. Continue, or try again.</source>
        <translation>已收到的内容已保留。可以继续，或重试。</translation>
    </message>
    <message>
        <source>What arrived is kept; nothing is sent again by itself.</source>
        <translation>已收到的内容已保留；不会自动重新发送。</translation>
    </message>
    <message>
        <source>Check the address, and whether the network asks you to sign in first.</source>
        <translation>请检查地址，以及网络是否需要先登录。</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>What arrived is kept. If it happens again, please report it.</source>
        <translation>已收到的内容都已保留。如果再次发生，请报告此问题。</translation>
    </message>
    <message>
        <source>Try again in %1 min.</source>
        <translation>请在 %1 分钟后重试。</translation>
    </message>
    <message>
        <source>Try again in %1 h.</source>
        <translation>请在 %1 小时后重试。</translation>
    </message>
    <message>
        <source>Porthole may not write to %1. What is on the screen can still be copied; give it leave to write there, or start it with another data directory.</source>
        <translation>舷窗无权写入 %1。屏幕上的内容仍可复制；请授予写入权限，或用另一个数据目录启动。</translation>
    </message>
    <message>
        <source>The disk that holds %1 is full. What is on the screen can still be copied; free some space, and saving goes on by itself.</source>
        <translation>%1 所在的磁盘已满。屏幕上的内容仍可复制；腾出空间后会自动继续保存。</translation>
    </message>
    <message>
        <source>The history in %1 was written by a newer Porthole. It was not touched; update Porthole, or start it with another data directory.</source>
        <translation>%1 中的历史记录由更新版本的舷窗写入，未作任何改动；请更新舷窗，或用另一个数据目录启动。</translation>
    </message>
    <message>
        <source>The history in %1 is damaged. The file was left as it is; restore a backup, or start with another data directory.</source>
        <translation>%1 中的历史记录已损坏，文件保持原样；请恢复备份，或用另一个数据目录启动。</translation>
    </message>
    <message>
        <source>Another Porthole is using %1. Nothing was changed; use that window, or close it first.</source>
        <translation>另一个舷窗正在使用 %1。没有改动任何内容；请使用那个窗口，或先将其关闭。</translation>
    </message>
    <message>
        <source>The history could not be read or saved (%1). What is on the screen can still be copied; try again.</source>
        <translation>无法读取或保存历史记录（%1）。屏幕上的内容仍可复制；请重试。</translation>
    </message>
    <message>
        <source>%1 is of a kind that Porthole does not read. It takes pictures (PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF), text, PDF, DOCX and XLSX. It was not added; your draft is kept.</source>
        <translation>舷窗无法读取 %1 这种文件。可以添加图片（PNG、JPEG、WebP、GIF、BMP、TIFF、AVIF）、文本、PDF、DOCX 和 XLSX。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is an archive. Unpack it, then add the files that matter. It was not added; your draft is kept.</source>
        <translation>%1 是压缩包。请解压后添加需要的文件。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a video, which cannot be sent. It was not added; your draft is kept.</source>
        <translation>%1 是视频，无法发送。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a sound recording, which cannot be sent. It was not added; your draft is kept.</source>
        <translation>%1 是音频，无法发送。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a program, which cannot be sent. It was not added; your draft is kept.</source>
        <translation>%1 是程序，无法发送。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a font, which cannot be sent. It was not added; your draft is kept.</source>
        <translation>%1 是字体，无法发送。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a database. Export what matters as CSV, then add that. It was not added; your draft is kept.</source>
        <translation>%1 是数据库。请把需要的内容导出为 CSV 后添加。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is an Office document of the kind before 2007, or protected with a password. Save it as DOCX, XLSX or PDF, then add that. Your draft is kept.</source>
        <translation>%1 是 2007 年以前格式的 Office 文档，或受密码保护。请另存为 DOCX、XLSX 或 PDF 后添加。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a document of a kind that Porthole does not read, as slides, OpenDocument, RTF and e-books are. Save or export it as PDF, then add that. Your draft is kept.</source>
        <translation>舷窗不读取 %1 这类文档，例如幻灯片、OpenDocument、RTF 和电子书。请保存或导出为 PDF 再添加。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is protected in a way that Porthole cannot open. Save a copy without protection, then add that. Your draft is kept.</source>
        <translation>%1 受到保护，舷窗无法打开。请另存一份未受保护的副本再添加。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be read as a document. It was not added; your draft is kept.</source>
        <translation>%1 已损坏，无法作为文档读取。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 holds more than can be opened safely. It was not added; your draft is kept. Make it smaller, then add it.</source>
        <translation>%1 的内容过多，无法安全打开。没有添加它；草稿已保留。请缩小后再添加。</translation>
    </message>
    <message>
        <source>%1 took too long to read as a document. It was not added; your draft is kept.</source>
        <translation>%1 作为文档读取耗时过长。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>There is no text in %1. It was not added; your draft is kept.</source>
        <translation>%1 中没有文字。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is a HEIC picture, which Porthole does not read. Save it as JPEG or PNG, then add it. Your draft is kept.</source>
        <translation>%1 是 HEIC 图片，舷窗无法读取。请另存为 JPEG 或 PNG 后再添加。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be read as a picture. It was not added; your draft is kept.</source>
        <translation>%1 已损坏，无法作为图片读取。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 took too long to read as a picture. It was not added; your draft is kept.</source>
        <translation>%1 作为图片读取耗时过长。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is empty. It was not added; your draft is kept.</source>
        <translation>%1 是空的。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 could not be fetched. Save the picture and drop the file, or have its address sent. Your draft is kept.</source>
        <translation>无法获取 %1。请保存图片后拖入文件，或改为发送网址。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is inside a private network: nothing is fetched from there. Save the picture and drop the file. Your draft is kept.</source>
        <translation>%1 位于内部网络，舷窗不会从那里获取内容。请保存图片后拖入文件。草稿已保留。</translation>
    </message>
    <message>
        <source>%1 cannot be opened: it is gone, a folder, or may not be read. It was not added; your draft is kept.</source>
        <translation>无法打开 %1：它已不存在、是文件夹，或没有读取权限。没有添加它；草稿已保留。</translation>
    </message>
    <message>
        <source>%1 is too large: more than 50 MB, or more pixels than can be opened safely. It was not added; your draft is kept. Make it smaller, or add only the part that matters.</source>
        <translation>%1 太大：超过 50 MB，或像素多到无法安全打开。没有添加；草稿已保留。请缩小后再添加，或只添加需要的部分。</translation>
    </message>
    <message>
        <source>This system has no usable keyring. The key is kept for this session only, never in a file.</source>
        <translation>此系统没有可用的密钥环。密钥只在本次运行期间保留，绝不写入文件。</translation>
    </message>
    <message>
        <source>The system keyring did not open. Unlock it, then try again.</source>
        <translation>系统密钥环未能打开。请解锁后重试。</translation>
    </message>
    <message>
        <source>The system keyring would not take this key; it may be too long. Check what was pasted.</source>
        <translation>系统密钥环不接受此密钥，可能太长。请检查粘贴的内容。</translation>
    </message>
    <message>
        <source>Reading text on this computer needs the “ocr” extra, which is not installed. A model that sees can read the picture instead.</source>
        <translation>在本机识别文字需要“ocr”附加组件，目前未安装。可以改用支持图片的模型来读取。</translation>
    </message>
    <message>
        <source>The text in this picture could not be read. The picture is kept; try again.</source>
        <translation>无法识别此图片中的文字。图片已保留，请重试。</translation>
    </message>
    <message>
        <source>Reading the text took too long and was stopped. Try again with a smaller picture.</source>
        <translation>识别文字耗时过长，已停止。请换一张较小的图片重试。</translation>
    </message>
</context>
<context>
    <name>Json</name>
    <message>
        <source>Too long: %1 characters are the most.</source>
        <translation>太长：最多 %1 个字符。</translation>
    </message>
    <message>
        <source>Nested too deeply.</source>
        <translation>嵌套太深。</translation>
    </message>
    <message>
        <source>A number in it is too large, or none at all.</source>
        <translation>其中有的数字太大，或根本不是数字。</translation>
    </message>
    <message>
        <source>“%1” stands there twice.</source>
        <translation>“%1”出现了两次。</translation>
    </message>
    <message>
        <source>Line %1, column %2: JSON wants plain &quot; : and , here.</source>
        <translation>第 %1 行第 %2 列：JSON 在此需用半角的 " : 和 , 。</translation>
    </message>
    <message>
        <source>No valid JSON: line %1, column %2.</source>
        <translation>不是有效的 JSON：第 %1 行第 %2 列。</translation>
    </message>
</context>
<context>
    <name>JsonTree</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>JSON as a tree</source>
        <translation>JSON 树</translation>
    </message>
</context>
<context>
    <name>LinkDialog</name>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open %1?</source>
        <translation>要打开 %1 吗？</translation>
    </message>
    <message>
        <source>Whole address</source>
        <translation>完整地址</translation>
    </message>
    <message>
        <source>Do not ask again for %1</source>
        <translation>对 %1 不再询问</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Model catalogue</source>
        <translation>模型目录</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Console and limits</source>
        <translation>控制台与限额</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>Shown as plain text: too intricate to lay out</source>
        <translation>以纯文本显示：结构过于复杂，无法排版</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>NetworkText</name>
    <message>
        <source>%1 (%2).</source>
        <translation>%1（%2）。</translation>
    </message>
    <message>
        <source>A proxy was chosen, but no address was given for it.</source>
        <translation>选择了使用代理，但没有填写代理地址。</translation>
    </message>
    <message>
        <source>The proxy&apos;s address cannot be used. It should look like http://127.0.0.1:7890.</source>
        <translation>代理地址无法使用。它应类似于 http://127.0.0.1:7890。</translation>
    </message>
    <message>
        <source>A proxy&apos;s address cannot begin with %1. It begins with http://, https:// or socks5://.</source>
        <translation>代理地址不能以 %1 开头，应以 http://、https:// 或 socks5:// 开头。</translation>
    </message>
    <message>
        <source>The proxy&apos;s user or password is longer than SOCKS allows (255 bytes).</source>
        <translation>代理的用户名或密码超过了 SOCKS 允许的长度（255 字节）。</translation>
    </message>
    <message>
        <source>The certificate file %1 cannot be read.</source>
        <translation>无法读取证书文件 %1。</translation>
    </message>
    <message>
        <source>The certificate file %1 is empty.</source>
        <translation>证书文件 %1 是空的。</translation>
    </message>
    <message>
        <source>The certificate file %1 is in binary form (DER). A PEM file is needed.</source>
        <translation>证书文件 %1 是二进制（DER）格式，需要 PEM 文件。</translation>
    </message>
    <message>
        <source>The certificate file %1 holds no certificate. A PEM file is needed.</source>
        <translation>证书文件 %1 中没有证书，需要 PEM 文件。</translation>
    </message>
    <message>
        <source>The proxy %1 was not found.</source>
        <translation>找不到代理 %1。</translation>
    </message>
    <message>
        <source>The proxy %1 refused the connection.</source>
        <translation>代理 %1 拒绝了连接。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached.</source>
        <translation>无法连接到代理 %1。</translation>
    </message>
    <message>
        <source>The proxy %1 did not answer in time.</source>
        <translation>代理 %1 没有及时回应。</translation>
    </message>
    <message>
        <source>The proxy %1 wants a user and a password that it knows.</source>
        <translation>代理 %1 需要正确的用户名和密码。</translation>
    </message>
    <message>
        <source>The proxy %1 would not make the connection.</source>
        <translation>代理 %1 没有建立连接。</translation>
    </message>
    <message>
        <source>What answers at %1 is no proxy of this kind.</source>
        <translation>%1 处应答的不是这种代理。</translation>
    </message>
    <message>
        <source>The certificate of the proxy %1 is not trusted.</source>
        <translation>代理 %1 的证书不受信任。</translation>
    </message>
</context>
</TS>
