<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionFiles</name>
    <message>
        <source>Import quick actions</source>
        <translation>导入快捷操作</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON 文件 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export quick actions</source>
        <translation>导出快捷操作</translation>
    </message>
    <message>
        <source>The quick actions were saved as %1.</source>
        <translation>快捷操作已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>AnswerCard</name>
    <message>
        <source>Demo mode: answers come from a small server inside this app.</source>
        <translation>演示模式：回答来自本应用内的一个小型服务。</translation>
    </message>
    <message>
        <source>%1 is not listed as seeing pictures.</source>
        <translation>%1 未标明能看图片。</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). “porthole ask” works without one.</source>
        <translation>没有可以打开窗口的显示环境（DISPLAY 和 WAYLAND_DISPLAY 均未设置）。“porthole ask” 无需显示环境即可使用。</translation>
    </message>
</context>
<context>
    <name>AskAnywhere</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>BatchTabs</name>
    <message>
        <source>Batch images</source>
        <translation>批量图片</translation>
    </message>
    <message>
        <source>Batch: %1</source>
        <translation>批量：%1</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>There are no pictures and no PDFs in what was chosen.</source>
        <translation>所选内容中没有图片，也没有 PDF。</translation>
    </message>
    <message>
        <source>A batch takes 10,000 files: %1 more were left out.</source>
        <translation>一个批量最多 10,000 个文件：另有 %1 个没有加入。</translation>
    </message>
    <message>
        <source>Neither pictures nor PDFs, and left out: %1. Text, Word and Excel go too, where the files themselves are chosen.</source>
        <translation>既非图片也非 PDF、未加入的文件：%1 个。直接选择文件时，文本、Word 和 Excel 也可加入。</translation>
    </message>
    <message>
        <source>Removed batch</source>
        <translation>已移除的批量</translation>
    </message>
</context>
<context>
    <name>Batches</name>
    <message>
        <source>Save results</source>
        <translation>保存结果</translation>
    </message>
    <message>
        <source>Saved the results to %1.</source>
        <translation>结果已保存到 %1。</translation>
    </message>
</context>
<context>
    <name>Capturing</name>
    <message>
        <source>Screenshot %1.png</source>
        <translation>截图 %1.png</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
</context>
<context>
    <name>Errands</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>There is no picture in this question that could be made smaller.</source>
        <translation>这个问题里没有可以再缩小的图片。</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Save answer</source>
        <translation>保存回答</translation>
    </message>
    <message>
        <source>Save code</source>
        <translation>保存代码</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>What was dropped is neither a picture nor a file nor text.</source>
        <translation>拖进来的既不是图片、文件，也不是文字。</translation>
    </message>
</context>
<context>
    <name>LinksOut</name>
    <message>
        <source>This link was not opened: its address is not one of the web.</source>
        <translation>没有打开这个链接：它的地址不是网页地址。</translation>
    </message>
    <message>
        <source>No program could be started for this link.</source>
        <translation>没有可以打开这个链接的程序。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Ask about a region of the screen</source>
        <translation>就屏幕区域提问</translation>
    </message>
    <message>
        <source>Capture a region of the screen</source>
        <translation>截取屏幕区域</translation>
    </message>
    <message>
        <source>Ask anything, drop or paste an image or a file…</source>
        <translation>输入问题，或拖入、粘贴图片或文件…</translation>
    </message>
    <message>
        <source>Capture the same region again</source>
        <translation>再次截取同一区域</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Reopen closed tab</source>
        <translation>重新打开关闭的标签页</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>上一个标签页</translation>
    </message>
    <message>
        <source>Search all history</source>
        <translation>搜索全部历史</translation>
    </message>
    <message>
        <source>Find in conversation</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>显示或隐藏侧栏</translation>
    </message>
    <message>
        <source>Show or hide the parameters</source>
        <translation>显示或隐藏参数</translation>
    </message>
    <message>
        <source>Show or hide the reader</source>
        <translation>显示或隐藏阅读器</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Batch images</source>
        <translation>批量图片</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>正常文字大小</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Quick action: %1</source>
        <translation>快捷操作：%1</translation>
    </message>
    <message>
        <source>Porthole</source>
        <translation>舷窗</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Porthole ended while an answer was arriving. What had come is kept.</source>
        <translation>上次舷窗退出时回答还没有接收完。已收到的内容都保留着。</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>Saving works again. Nothing was lost.</source>
        <translation>保存已恢复，没有丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>SchemaEditing</name>
    <message>
        <source>Import a schema</source>
        <translation>导入结构</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON 文件 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export the schema</source>
        <translation>导出结构</translation>
    </message>
</context>
<context>
    <name>SettingsPages</name>
    <message>
        <source>The conversation&apos;s model</source>
        <translation>对话的模型</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Batch images</source>
        <translation>批量图片</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>StartProblem</name>
    <message>
        <source>Porthole</source>
        <translation>舷窗</translation>
    </message>
    <message>
        <source>Porthole cannot open its history</source>
        <translation>舷窗无法打开历史记录</translation>
    </message>
    <message>
        <source>Use another folder…</source>
        <translation>使用其他文件夹…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Folder for Porthole&apos;s data</source>
        <translation>存放舷窗数据的文件夹</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>rate limit: %1 requests left</source>
        <translation>速率限制：还可请求 %1 次</translation>
    </message>
    <message>
        <source>rate limit: %1 of %2 requests left</source>
        <translation>速率限制：还可请求 %1/%2 次</translation>
    </message>
    <message>
        <source>busy, trying again in %1 s</source>
        <translation>服务繁忙，%1 秒后重试</translation>
    </message>
    <message>
        <source>waiting for the answer</source>
        <translation>正在等待回答</translation>
    </message>
    <message>
        <source>waiting for your leave</source>
        <translation>等待您的许可</translation>
    </message>
    <message>
        <source>tools are running</source>
        <translation>工具运行中</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>接收中</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>没有密钥</translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
    <message>
        <source>Tabs</source>
        <translation>标签页</translation>
    </message>
    <message>
        <source>New tab</source>
        <translation>新标签页</translation>
    </message>
    <message>
        <source>New tab (Ctrl+T)</source>
        <translation>新标签页 (Ctrl+T)</translation>
    </message>
</context>
<context>
    <name>Tending</name>
    <message>
        <source>The conversation was deleted.</source>
        <translation>对话已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Rename conversation</source>
        <translation>重命名对话</translation>
    </message>
</context>
<context>
    <name>ToolFiles</name>
    <message>
        <source>Import tools</source>
        <translation>导入工具</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON 文件 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>What tools may read</source>
        <translation>工具可读取的内容</translation>
    </message>
    <message>
        <source>Export tools</source>
        <translation>导出工具</translation>
    </message>
    <message>
        <source>The tools were saved as %1, without their actions.</source>
        <translation>工具已保存为 %1，不含其执行方式。</translation>
    </message>
</context>
<context>
    <name>ToolMenus</name>
    <message>
        <source>Porthole’s own</source>
        <translation>舷窗自带</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>你自己的</translation>
    </message>
    <message>
        <source>Not there now</source>
        <translation>目前不可用</translation>
    </message>
    <message>
        <source>%1 (MCP)</source>
        <translation>%1（MCP）</translation>
    </message>
    <message>
        <source>A tool of your own</source>
        <translation>你自己的工具</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
</context>
</TS>
