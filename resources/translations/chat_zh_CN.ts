<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AskOnDrop</name>
    <message>
        <source>“%1” is sent in a moment. Esc: not now.</source>
        <translation>即将发送“%1”。按 Esc 暂不发送。</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不发送</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>The model has called tools %1 times in a row.</source>
        <translation>模型已连续调用工具 %1 次。</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>让它继续</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Editing an earlier message: sending makes a new version of it.</source>
        <translation>正在编辑之前的消息：发送后会成为它的新版本。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Your last message has no answer yet.</source>
        <translation>您的最后一条消息还没有回答。</translation>
    </message>
    <message>
        <source>The model has not answered what the tools gave.</source>
        <translation>工具已给出结果，模型尚未回答。</translation>
    </message>
    <message>
        <source>Ask for an answer</source>
        <translation>请求回答</translation>
    </message>
    <message>
        <source>Demo mode: answers come from a small server inside this app. Add your API key to use real models.</source>
        <translation>演示模式：回答来自本程序内的小型服务。添加 API 密钥即可使用真实模型。</translation>
    </message>
    <message>
        <source>Add key…</source>
        <translation>添加密钥…</translation>
    </message>
    <message>
        <source>%1 is not listed as seeing pictures.</source>
        <translation>%1 未标明能看图片。</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>改用 %1</translation>
    </message>
    <message>
        <source>Read here, send text only</source>
        <translation>在本机识别，仅发送文字</translation>
    </message>
</context>
<context>
    <name>ChatSession</name>
    <message>
        <source>Please continue exactly where you stopped.</source>
        <translation>请从刚才停下的地方接着写。</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Capture</source>
        <translation>截屏</translation>
    </message>
    <message>
        <source>Take a region of the screen (Ctrl+Shift+S)</source>
        <translation>截取屏幕区域（Ctrl+Shift+S）</translation>
    </message>
    <message>
        <source>Pasted text.txt</source>
        <translation>粘贴的文本.txt</translation>
    </message>
    <message>
        <source>Stop  Esc</source>
        <translation>停止  Esc</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Send ⏎</source>
        <translation>发送 ⏎</translation>
    </message>
    <message>
        <source>Send  Ctrl ⏎</source>
        <translation>发送  Ctrl ⏎</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Ask anything, drop or paste an image or a file…</source>
        <translation>输入问题，或拖入、粘贴图片或文件…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Attach pictures, PDF, Word, Excel and text files</source>
        <translation>附上图片、PDF、Word、Excel 和文本文件</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Enter adds the message without asking</source>
        <translation>Ctrl+Shift+Enter 只添加消息，不提问</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop a screenshot anywhere</source>
        <translation>把截图拖到窗口任意位置</translation>
    </message>
    <message>
        <source>or paste it with Ctrl V, or click here to pick a file</source>
        <translation>或按 Ctrl V 粘贴，或点击这里选择文件</translation>
    </message>
    <message>
        <source>PDF, Word, Excel, text and code files go along as well</source>
        <translation>PDF、Word、Excel、文本和代码文件也可以</translation>
    </message>
</context>
<context>
    <name>EarlierPictures</name>
    <message>
        <source>1 earlier picture goes along as text</source>
        <translation>之前的 1 张图片将以文字发送</translation>
    </message>
    <message>
        <source>%1 earlier pictures go along as text</source>
        <translation>之前的 %1 张图片将以文字发送</translation>
    </message>
    <message>
        <source>%1 of %2 earlier pictures go along as text</source>
        <translation>之前的 %2 张图片中有 %1 张将以文字发送</translation>
    </message>
    <message>
        <source>No earlier picture goes along</source>
        <translation>之前的图片都不再发送</translation>
    </message>
    <message>
        <source>1 earlier picture goes along</source>
        <translation>之前的 1 张图片会一并发送</translation>
    </message>
    <message>
        <source>%1 earlier pictures go along</source>
        <translation>之前的 %1 张图片会一并发送</translation>
    </message>
    <message>
        <source>%1 of %2 earlier pictures go along</source>
        <translation>之前的 %2 张图片中有 %1 张会一并发送</translation>
    </message>
    <message>
        <source>Text that was read in them on this computer goes in their place.</source>
        <translation>以本机从中识别的文字代替图片发送。</translation>
    </message>
    <message>
        <source>Only those of the latest questions (%1)</source>
        <translation>只发送最近几次提问的（%1）</translation>
    </message>
    <message>
        <source>All go along with every question</source>
        <translation>每次提问都一并发送</translation>
    </message>
    <message>
        <source>None: what was read from them here goes instead</source>
        <translation>都不发送：改为发送在本机读出的文字</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>Attach files</source>
        <translation>附上文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>PDF, Word and Excel</source>
        <translation>PDF、Word 和 Excel</translation>
    </message>
    <message>
        <source>Text, tables and code</source>
        <translation>文本、表格和代码</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>More than %1</source>
        <translation>超过 %1 个</translation>
    </message>
    <message>
        <source>%1 so far…</source>
        <translation>目前 %1 个…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>查找中…</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LatestButton</name>
    <message>
        <source>Latest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Go to the latest message</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>OutputMark</name>
    <message>
        <source>JSON: %1</source>
        <translation>JSON：%1</translation>
    </message>
    <message>
        <source>Output: %1</source>
        <translation>输出：%1</translation>
    </message>
    <message>
        <source>What shape answers are asked for; click to change it</source>
        <translation>要求回答采用的形式；点击更改</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Parameters (Ctrl+I)</source>
        <translation>参数（Ctrl+I）</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>阅读器</translation>
    </message>
    <message>
        <source>Reader: the picture beside what was read (Ctrl+R)</source>
        <translation>阅读器：图片与识别结果并排 (Ctrl+R)</translation>
    </message>
</context>
<context>
    <name>SelectingView</name>
    <message>
        <source>Copying… %1 %</source>
        <translation>正在复制… %1 %</translation>
    </message>
    <message>
        <source>Too much to drag. Copy it instead.</source>
        <translation>内容太多，无法拖动，请改用复制。</translation>
    </message>
    <message>
        <source>The picture is still being loaded.</source>
        <translation>图片仍在加载。</translation>
    </message>
</context>
<context>
    <name>Structured</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>✓ matches schema “%1”</source>
        <translation>✓ 符合结构“%1”</translation>
    </message>
    <message>
        <source>JSON, arriving…</source>
        <translation>JSON，接收中…</translation>
    </message>
    <message>
        <source>JSON for schema “%1”, arriving…</source>
        <translation>按结构“%1”的 JSON，接收中…</translation>
    </message>
    <message>
        <source>Schema “%1” asked for JSON and nothing else.</source>
        <translation>结构“%1”要求只回答 JSON。</translation>
    </message>
    <message>
        <source>Schema “%1” cannot be followed: %2</source>
        <translation>无法按结构“%1”检查：%2</translation>
    </message>
    <message>
        <source>✗ does not match schema “%1”</source>
        <translation>✗ 不符合结构“%1”</translation>
    </message>
    <message>
        <source>… and more than %1 others</source>
        <translation>……以及另外超过 %1 处</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>……以及另外 %1 处</translation>
    </message>
    <message>
        <source>Your answer is not valid JSON. Give the whole answer again, as one JSON value that matches the schema, and nothing else.</source>
        <translation>你的回答不是有效的 JSON。请重新给出完整的回答：只给一个符合结构的 JSON 值，不要其他内容。</translation>
    </message>
    <message>
        <source>Your answer does not match the schema “%1”:
%2
Give the whole answer again, as one JSON value that matches the schema, and nothing else.</source>
        <translation>你的回答不符合结构“%1”：
%2
请重新给出完整的回答：只给一个符合结构的 JSON 值，不要其他内容。</translation>
    </message>
</context>
<context>
    <name>StructuredCard</name>
    <message>
        <source>Excel (XLSX)</source>
        <translation>Excel（XLSX）</translation>
    </message>
    <message>
        <source>Previous table</source>
        <translation>上一个表格</translation>
    </message>
    <message>
        <source>Next table</source>
        <translation>下一个表格</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>保存回答</translation>
    </message>
    <message>
        <source>The answer as it came</source>
        <translation>回答原文</translation>
    </message>
    <message>
        <source>The answer as a table</source>
        <translation>表格形式的回答</translation>
    </message>
</context>
<context>
    <name>StructuredNote</name>
    <message>
        <source>Ask to repair</source>
        <translation>请求修正</translation>
    </message>
    <message>
        <source>Sends these errors to the model, once</source>
        <translation>把这些错误发给模型，仅一次</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>No wrap</source>
        <translation>不换行</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Show all %1 lines</source>
        <translation>展开全部 %1 行</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Request and response</source>
        <translation>请求与响应</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy reasoning</source>
        <translation>复制思考过程</translation>
    </message>
    <message>
        <source>Reasoning: %1</source>
        <translation>思考过程：%1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>展开全部</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>arriving…</source>
        <translation>接收中…</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 个字符</translation>
    </message>
    <message>
        <source>≈ %1 tokens</source>
        <translation>≈ %1 个 token</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>Thinking… %1 s</source>
        <translation>思考中… %1 秒</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>已思考</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>思考了 %1</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>%1 tokens in all</source>
        <translation>共 %1 tokens</translation>
    </message>
    <message>
        <source>about %1 tokens</source>
        <translation>约 %1 tokens</translation>
    </message>
    <message>
        <source>about %1 tokens in all</source>
        <translation>共约 %1 tokens</translation>
    </message>
    <message>
        <source>Still waiting for the first words — %1 s</source>
        <translation>仍在等待开头的内容 — %1 秒</translation>
    </message>
    <message>
        <source>Still waiting for the answer — %1 s</source>
        <translation>仍在等待回答 — %1 秒</translation>
    </message>
    <message>
        <source>Waiting for the answer…</source>
        <translation>正在等待回答……</translation>
    </message>
    <message>
        <source>Second try</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>Third try</source>
        <translation>第三次尝试</translation>
    </message>
    <message>
        <source>Fourth try</source>
        <translation>第四次尝试</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>Nothing more has come for %1 s; still waiting</source>
        <translation>已有 %1 秒没有新内容，仍在等待</translation>
    </message>
    <message>
        <source>The service is busy (429).</source>
        <translation>服务繁忙（429）。</translation>
    </message>
    <message>
        <source>The service is not available (%1).</source>
        <translation>服务不可用（%1）。</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>%1 秒后重试。</translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation>正在重试。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences, one after the other</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>This model does not take a JSON schema: asked for a JSON object instead.</source>
        <translation>此模型不支持 JSON Schema：已改为要求 JSON 对象。</translation>
    </message>
    <message>
        <source>This model does not take an output format: it was asked for in the prompt instead.</source>
        <translation>此模型不支持输出格式：已改为在提示词中说明。</translation>
    </message>
    <message>
        <source>Send without %1</source>
        <translation>去掉 %1 后发送</translation>
    </message>
    <message>
        <source>Use max_completion_tokens</source>
        <translation>改用 max_completion_tokens</translation>
    </message>
    <message>
        <source>Send the system prompt as part of the question</source>
        <translation>将系统提示词并入问题发送</translation>
    </message>
    <message>
        <source>Send without earlier reasoning</source>
        <translation>不带先前的思考发送</translation>
    </message>
    <message>
        <source>Send smaller pictures</source>
        <translation>发送更小的图片</translation>
    </message>
    <message>
        <source>remembered for %1</source>
        <translation>为 %1 记住</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted when Porthole closed</source>
        <translation>舷窗关闭时中断</translation>
    </message>
    <message>
        <source>Cut at max tokens</source>
        <translation>达到 max tokens 上限，已截断</translation>
    </message>
    <message>
        <source>May be cut short</source>
        <translation>可能不完整</translation>
    </message>
    <message>
        <source>Connection lost after %1 characters. What arrived is kept; nothing is sent again by itself.</source>
        <translation>收到 %1 个字符后连接中断。已收到的内容已保留；不会自动重新发送。</translation>
    </message>
    <message>
        <source>first after %1</source>
        <translation>首字 %1</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 tok/s</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>费用未知</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>%1 cached</source>
        <translation>缓存 %1</translation>
    </message>
    <message>
        <source>out %1</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>%1 reasoning</source>
        <translation>思考 %1</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>still arriving</source>
        <translation>仍在接收</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>代码：%1</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Show reasoning</source>
        <translation>显示思考过程</translation>
    </message>
    <message>
        <source>Hide reasoning</source>
        <translation>隐藏思考过程</translation>
    </message>
    <message>
        <source>Go to the message</source>
        <translation>转到这条消息</translation>
    </message>
    <message>
        <source>only text sent</source>
        <translation>仅发送文字</translation>
    </message>
    <message>
        <source>%1 (not sent, only its text)</source>
        <translation>%1（未发送图片，仅发送其文字）</translation>
    </message>
    <message>
        <source>waits for the call before it</source>
        <translation>等待前一个调用</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>未获允许</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>wants to run a command</source>
        <translation>想运行命令</translation>
    </message>
    <message>
        <source>wants to send this out</source>
        <translation>想把这些发送出去</translation>
    </message>
    <message>
        <source>wants to run</source>
        <translation>想运行</translation>
    </message>
    <message>
        <source>running… %1 s</source>
        <translation>运行中… %1 秒</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>允许一次</translation>
    </message>
    <message>
        <source>Always in this conversation</source>
        <translation>本对话中始终允许</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终允许</translation>
    </message>
</context>
<context>
    <name>TranscriptMenu</name>
    <message>
        <source>Save picture as…</source>
        <translation>图片另存为…</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Read message</source>
        <translation>阅读消息</translation>
    </message>
    <message>
        <source>Request and response</source>
        <translation>请求与响应</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
</TS>
