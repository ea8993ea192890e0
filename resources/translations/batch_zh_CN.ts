<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Batch</name>
    <message>
        <source>Ask about %1?</source>
        <translation>就 %1提问？</translation>
    </message>
    <message>
        <source>Each is sent to %1 (%2) and answered once.</source>
        <translation>每个文件发送给 %1（%2），各回答一次。</translation>
    </message>
    <message>
        <source>Time: about %1, with %2 at a time.</source>
        <translation>时间：约 %1，同时 %2 个。</translation>
    </message>
    <message>
        <source>These are guesses from a few of the files; they become better with each answer.</source>
        <translation>这些是根据其中几个文件估计的；每有一个回答，估计就更准一些。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ask about %1 once more?</source>
        <translation>就 %1再问一次？</translation>
    </message>
    <message>
        <source>They were asked about before, and the answer did not come to its end. If the service counted that, it is paid twice.</source>
        <translation>这些文件已经问过，但回答没有接收完。如果服务已经计费，就会付两次。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>Remove the batch “%1”?</source>
        <translation>移除批量“%1”？</translation>
    </message>
    <message>
        <source>Its results go with it. The files themselves stay.</source>
        <translation>结果会一并移除，文件本身不受影响。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>One action over each</source>
        <translation>逐个处理</translation>
    </message>
    <message>
        <source>What is to be done with %1?</source>
        <translation>要如何处理 %1？</translation>
    </message>
    <message>
        <source>All in this message</source>
        <translation>全部放进这条消息</translation>
    </message>
    <message>
        <source>A batch asks about each file by itself. Nothing is sent before you start it.</source>
        <translation>批量会逐个文件提问。在您开始之前，什么都不会发送。</translation>
    </message>
    <message>
        <source>A PDF goes as pictures of its pages, up to %1; text goes as text.</source>
        <translation>PDF 按页以图片发送，最多 %1 页；文本以文字发送。</translation>
    </message>
    <message>
        <source>Cost: not known, as the service&apos;s catalogue names no price for this model.</source>
        <translation>费用：未知，服务的目录没有给出这个模型的价格。</translation>
    </message>
    <message>
        <source>Cost: %1.</source>
        <translation>费用：%1。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>✓ done, cut short</source>
        <translation>✓ 完成，但不完整</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ 完成</translation>
    </message>
    <message>
        <source>… running</source>
        <translation>… 进行中</translation>
    </message>
    <message>
        <source>? may have been paid</source>
        <translation>? 可能已计费</translation>
    </message>
    <message>
        <source>… getting ready</source>
        <translation>… 准备中</translation>
    </message>
    <message>
        <source>↻ retry in %1 s (%2)</source>
        <translation>↻ %1 秒后重试（%2）</translation>
    </message>
    <message>
        <source>↻ asked again later (%1)</source>
        <translation>↻ 稍后再问（%1）</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>refused (%1)</source>
        <translation>被拒绝（%1）</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>This file was asked about, and no whole answer was kept. It may have been paid: it is asked again only when you say so.</source>
        <translation>这个文件已经发出提问，但没有留下完整的回答，可能已经计费。只有您同意，才会再问一次。</translation>
    </message>
    <message>
        <source>The answer ended before its end.</source>
        <translation>回答没有写完就结束了。</translation>
    </message>
    <message>
        <source>Nothing was asked about this file: a batch takes documents of up to %1 pages. In a conversation its pages can be picked.</source>
        <translation>没有就此文件提问：批量最多处理 %1 页的文档。可在对话中挑选页面。</translation>
    </message>
    <message>
        <source>Nothing was asked about this file: %1.</source>
        <translation>没有就这个文件提问：%1。</translation>
    </message>
    <message>
        <source>neither image nor text</source>
        <translation>既非图片也非文本</translation>
    </message>
    <message>
        <source>HEIC, which cannot be read</source>
        <translation>HEIC，无法读取</translation>
    </message>
    <message>
        <source>a damaged image</source>
        <translation>图片已损坏</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>too slow to read</source>
        <translation>读取太慢</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>an archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>a sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>a font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>a database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>an old kind of document</source>
        <translation>旧式文档</translation>
    </message>
    <message>
        <source>a document that is not read</source>
        <translation>不支持的文档</translation>
    </message>
    <message>
        <source>opens with a password only</source>
        <translation>需要密码才能打开</translation>
    </message>
    <message>
        <source>a damaged document</source>
        <translation>文档已损坏</translation>
    </message>
    <message>
        <source>too many pages</source>
        <translation>页数太多</translation>
    </message>
    <message>
        <source>a document without text</source>
        <translation>没有文字的文档</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 个文件</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 个文件</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 / %2 个文件</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>费用未知</translation>
    </message>
    <message>
        <source>about %1 in all</source>
        <translation>总共约 %1</translation>
    </message>
    <message>
        <source>rate limit: waits %1 s</source>
        <translation>限流：等待 %1 秒</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>已花 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a sum spent, and about what it will be</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Folder of pictures and PDFs</source>
        <translation>图片和 PDF 所在的文件夹</translation>
    </message>
    <message>
        <source>Files for a batch</source>
        <translation>批量的文件</translation>
    </message>
</context>
<context>
    <name>BatchFooter</name>
    <message>
        <source>Retry failed (%1)</source>
        <translation>重试失败的（%1）</translation>
    </message>
    <message>
        <source>Ask uncertain again (%1)…</source>
        <translation>再问不确定的（%1）…</translation>
    </message>
    <message>
        <source>Remove (%1)</source>
        <translation>移除（%1）</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>CSV, for any spreadsheet…</source>
        <translation>CSV，适用于各种表格软件…</translation>
    </message>
    <message>
        <source>Excel workbook…</source>
        <translation>Excel 工作簿…</translation>
    </message>
    <message>
        <source>JSON lines…</source>
        <translation>JSON Lines…</translation>
    </message>
    <message>
        <source>Markdown table…</source>
        <translation>Markdown 表格…</translation>
    </message>
    <message>
        <source>Results are saved as they arrive; closing the window pauses the batch.</source>
        <translation>结果随到随存；关闭窗口会暂停批量。</translation>
    </message>
</context>
<context>
    <name>BatchHeader</name>
    <message>
        <source>Pausing…</source>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start…</source>
        <translation>开始…</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>全部文件</translation>
    </message>
    <message>
        <source>Not done yet</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Which files are shown</source>
        <translation>显示哪些文件</translation>
    </message>
    <message>
        <source>%1 at a time</source>
        <translation>同时 %1 个</translation>
    </message>
    <message>
        <source>What is asked about each file</source>
        <translation>对每个文件提的问题</translation>
    </message>
    <message>
        <source>How many files at a time</source>
        <translation>同时处理多少个文件</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>The file has changed since it was asked about.</source>
        <translation>提问之后，这个文件已被修改。</translation>
    </message>
    <message>
        <source>The batch paused. %1 What was answered is kept.</source>
        <translation>批量已暂停。%1已有的回答都保留着。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>批量中的文件</translation>
    </message>
</context>
<context>
    <name>ResultPane</name>
    <message>
        <source>%1 · %2 pages</source>
        <comment>a file&apos;s name, and so many pages</comment>
        <translation>%1 · %2 页</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>The file, as it is sent</source>
        <translation>将发送的文件内容</translation>
    </message>
    <message>
        <source>Close the result</source>
        <translation>关闭结果</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>One action over many files</source>
        <translation>对许多文件执行同一个操作</translation>
    </message>
    <message>
        <source>Choose a folder of pictures and PDFs, or drop one on the window. You see what it will cost before anything is sent, and take the answers away as one table.</source>
        <translation>选择一个装有图片和 PDF 的文件夹，或把它拖到窗口上。发送前您会看到预计费用，所有回答可作为一张表格导出。</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Earlier batches</source>
        <translation>以前的批量</translation>
    </message>
</context>
<context>
    <name>_EarlierRow</name>
    <message>
        <source>%1 of %2 · %3</source>
        <comment>so many of so many files are through; a date</comment>
        <translation>%1 / %2 · %3</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
</TS>
