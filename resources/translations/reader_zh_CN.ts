<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PictureCard</name>
    <message>
        <source>Previous picture (Page Up)</source>
        <translation>上一张图片 (Page Up)</translation>
    </message>
    <message>
        <source>Next picture (Page Down)</source>
        <translation>下一张图片 (Page Down)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>This picture is not on this computer.</source>
        <translation>这张图片不在本机上。</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Show all of it (0)</source>
        <translation>显示整张图片 (0)</translation>
    </message>
    <message>
        <source>Open in a window of its own</source>
        <translation>在单独的窗口中打开</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>TSV, for spreadsheets</source>
        <translation>TSV（用于电子表格）</translation>
    </message>
    <message>
        <source>Copied a table of %1 cells</source>
        <translation>已复制表格（%1 个单元格）</translation>
    </message>
    <message>
        <source>Copied a table of %1 cells as %2</source>
        <translation>已复制表格（%1 个单元格），格式为 %2</translation>
    </message>
    <message>
        <source>Copied the text</source>
        <translation>已复制文本</translation>
    </message>
    <message>
        <source>Copied the JSON</source>
        <translation>已复制 JSON</translation>
    </message>
    <message>
        <source>Copied the source</source>
        <translation>已复制原文</translation>
    </message>
    <message>
        <source>Copied as %1</source>
        <translation>已复制为 %1</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>思考中…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>识别中…</translation>
    </message>
    <message>
        <source>This answer has no text.</source>
        <translation>这个回答没有文字。</translation>
    </message>
    <message>
        <source>There is no answer yet.</source>
        <translation>还没有回答。</translation>
    </message>
    <message>
        <source>✓ Matches the schema “%1”</source>
        <translation>✓ 符合 schema “%1”</translation>
    </message>
    <message>
        <source>The schema “%1” asked for JSON and nothing else.</source>
        <translation>schema “%1” 要求只给出 JSON。</translation>
    </message>
    <message>
        <source>The schema “%1” cannot be followed: %2</source>
        <translation>schema “%1” 无法使用：%2</translation>
    </message>
    <message>
        <source>Does not match the schema “%1” at %3: %2</source>
        <translation>不符合 schema “%1”，位置 %3：%2</translation>
    </message>
</context>
<context>
    <name>ReaderPane</name>
    <message>
        <source>Previous answer (Ctrl+Page Up)</source>
        <translation>上一个回答 (Ctrl+Page Up)</translation>
    </message>
    <message>
        <source>Next answer (Ctrl+Page Down)</source>
        <translation>下一个回答 (Ctrl+Page Down)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>复制当前内容</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
</context>
<context>
    <name>ResultCard</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
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
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Save CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>Save the table as a CSV file</source>
        <translation>把表格存为 CSV 文件</translation>
    </message>
    <message>
        <source>What was read, as a table</source>
        <translation>识别结果（表格）</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>识别结果</translation>
    </message>
    <message>
        <source>What was read, as it came</source>
        <translation>识别结果（原文）</translation>
    </message>
</context>
</TS>
