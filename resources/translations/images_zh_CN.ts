<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddressQuestion</name>
    <message>
        <source>Fetch and send it</source>
        <translation>获取并发送</translation>
    </message>
    <message>
        <source>Send its address</source>
        <translation>只发送网址</translation>
    </message>
    <message>
        <source>A picture on the web. Your choice is kept.</source>
        <translation>网络图片。你的选择会被记住。</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Pasted picture.png</source>
        <translation>粘贴的图片.png</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>How a very tall or wide picture is sent</source>
        <translation>很高或很宽的图片如何发送</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Make the changed picture once more</source>
        <translation>重新生成改动后的图片</translation>
    </message>
    <message>
        <source>How the file&apos;s bytes are read as text</source>
        <translation>文件的字节按哪种编码读成文字</translation>
    </message>
    <message>
        <source>detail: auto</source>
        <translation>精度：自动</translation>
    </message>
    <message>
        <source>detail: low</source>
        <translation>精度：低</translation>
    </message>
    <message>
        <source>first of %1 pictures</source>
        <translation>共 %1 幅，取第一幅</translation>
    </message>
    <message>
        <source>not changed, so not sent</source>
        <translation>改动未完成，因此不会发送</translation>
    </message>
    <message>
        <source>unreadable characters: %1</source>
        <translation>无法辨认的字符：%1</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>detail: high</source>
        <translation>精度：高</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>tiles</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>Fit into %1 pixels: fewer tokens, small text is lost</source>
        <translation>缩小到 %1 像素以内：token 更少，小字会看不清</translation>
    </message>
    <message>
        <source>Cut into tiles between lines: small text stays readable</source>
        <translation>在行间切成小块：小字仍然清楚</translation>
    </message>
    <message>
        <source>Keep sharp, in one piece</source>
        <translation>保持清晰，整张发送</translation>
    </message>
    <message>
        <source>%1 → %2 tiles</source>
        <translation>%1 → %2 块</translation>
    </message>
    <message>
        <source>How closely the model is asked to look</source>
        <translation>要求模型看得多仔细</translation>
    </message>
    <message>
        <source>preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1 个字符</translation>
    </message>
    <message>
        <source>sent as an address</source>
        <translation>以网址发送</translation>
    </message>
    <message>
        <source>≈ %1 tokens</source>
        <translation>≈ %1 个 token</translation>
    </message>
    <message>
        <source>text only</source>
        <translation>仅文字</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Read here, send text only: the picture stays on this computer</source>
        <translation>在本机识别，仅发送文字：图片留在本机</translation>
    </message>
    <message>
        <source>Send the picture</source>
        <translation>发送图片</translation>
    </message>
    <message>
        <source>reading here…</source>
        <translation>正在本机识别…</translation>
    </message>
    <message>
        <source>only the text read here goes: %1 characters</source>
        <translation>仅发送本机识别的文字：%1 个字符</translation>
    </message>
    <message>
        <source>Whether the picture goes, or only the text in it</source>
        <translation>发送图片，还是仅发送其中的文字</translation>
    </message>
    <message>
        <source>all languages</source>
        <translation>所有语言</translation>
    </message>
    <message>
        <source>all languages, two bytes a character</source>
        <translation>所有语言，每个字符两个字节</translation>
    </message>
    <message>
        <source>simplified Chinese (GBK too)</source>
        <translation>简体中文（也含 GBK）</translation>
    </message>
    <message>
        <source>traditional Chinese</source>
        <translation>繁体中文</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日文</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩文</translation>
    </message>
    <message>
        <source>Western European</source>
        <translation>西欧语言</translation>
    </message>
    <message>
        <source>Central European</source>
        <translation>中欧语言</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>西里尔字母</translation>
    </message>
</context>
<context>
    <name>DocumentPassword</name>
    <message>
        <source>This is not the password of the document.</source>
        <translation>这不是这份文档的密码。</translation>
    </message>
    <message>
        <source>%1 opens with a password only. It is used to open the document, here on this computer, and kept nowhere.</source>
        <translation>打开 %1 需要密码。密码只在本机用来打开这份文档，不会保存到任何地方。</translation>
    </message>
    <message>
        <source>Password of the document</source>
        <translation>文档的密码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
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
    <name>Dropped</name>
    <message>
        <source>%1 lies on the network. Copy it to this computer, then add it. Your draft is kept.</source>
        <translation>%1 在网络上。请先将它复制到这台电脑，再添加。草稿已保留。</translation>
    </message>
    <message>
        <source>This picture is only in the browser. Copy it there, then paste it here. Your draft is kept.</source>
        <translation>这张图片只在浏览器里。请在浏览器中复制它，再粘贴到这里。草稿已保留。</translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>The picture was changed.</source>
        <translation>图片已更改。</translation>
    </message>
    <message>
        <source>Use it so</source>
        <translation>就用这样</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>marked: %1</source>
        <translation>已标记：%1</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Crop (C)</source>
        <translation>裁剪（C）</translation>
    </message>
    <message>
        <source>Black out (B)</source>
        <translation>涂黑（B）</translation>
    </message>
    <message>
        <source>Turn left (Shift+R)</source>
        <translation>向左旋转（Shift+R）</translation>
    </message>
    <message>
        <source>Turn right (R)</source>
        <translation>向右旋转（R）</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做（Ctrl+Shift+Z）</translation>
    </message>
</context>
<context>
    <name>PageBeside</name>
    <message>
        <source>Page %1 goes as a picture</source>
        <translation>第 %1 页以图片发送</translation>
    </message>
    <message>
        <source>The text of page %1</source>
        <translation>第 %1 页的文字</translation>
    </message>
    <message>
        <source>Text of the page</source>
        <translation>本页文字</translation>
    </message>
</context>
<context>
    <name>PagePicker</name>
    <message>
        <source>At most %1 pages go as pictures at a time.</source>
        <translation>一次最多以图片发送 %1 页。</translation>
    </message>
    <message>
        <source>Pages of %1</source>
        <translation>%1 的页面</translation>
    </message>
    <message>
        <source>Pages, such as 1-3, 7</source>
        <translation>页码，例如 1-3, 7</translation>
    </message>
    <message>
        <source>Pages to attach</source>
        <translation>要添加的页码</translation>
    </message>
    <message>
        <source>Pages from 1 to %1, such as 1-3, 7</source>
        <translation>请输入 1 到 %1 之间的页码，例如 1-3, 7</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>以文字</translation>
    </message>
    <message>
        <source>The chosen pages go as text, where they have any (T)</source>
        <translation>所选页面以文字发送（没有文字的除外）(T)</translation>
    </message>
    <message>
        <source>As pictures</source>
        <translation>以图片</translation>
    </message>
    <message>
        <source>The chosen pages go as pictures (T)</source>
        <translation>所选页面以图片发送 (T)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>读取中…</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>text · %1</source>
        <translation>文字 · %1</translation>
    </message>
    <message>
        <source>as a picture, %1 pixels</source>
        <translation>以图片发送，%1 像素</translation>
    </message>
    <message>
        <source>as text, %1 characters</source>
        <translation>以文字发送，%1 个字符</translation>
    </message>
    <message>
        <source>Page %1, chosen, %2</source>
        <translation>第 %1 页，已选，%2</translation>
    </message>
    <message>
        <source>Page %1, not chosen, %2</source>
        <translation>第 %1 页，未选，%2</translation>
    </message>
    <message>
        <source>No page of %1 is chosen</source>
        <translation>共 %1 页，未选任何一页</translation>
    </message>
    <message>
        <source>%1 of %2 pages</source>
        <translation>已选 %1 页，共 %2 页</translation>
    </message>
    <message>
        <source>%1 as text, %2 characters</source>
        <translation>%1 页以文字发送，%2 个字符</translation>
    </message>
    <message>
        <source>%1 as pictures, %2 megapixels</source>
        <translation>%1 页以图片发送，%2 百万像素</translation>
    </message>
    <message>
        <source>≈ %1 tokens</source>
        <translation>≈ %1 个 token</translation>
    </message>
    <message>
        <source>%1 still being read</source>
        <translation>还有 %1 页正在读取</translation>
    </message>
    <message>
        <source>%1, page %2</source>
        <translation>%1，第 %2 页</translation>
    </message>
    <message>
        <source>%1, pages %2</source>
        <translation>%1，第 %2 页</translation>
    </message>
</context>
<context>
    <name>QuickActions</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More quick actions</source>
        <translation>更多快捷操作</translation>
    </message>
    <message>
        <source>Quick actions</source>
        <translation>快捷操作</translation>
    </message>
    <message>
        <source>Edit quick actions…</source>
        <translation>编辑快捷操作…</translation>
    </message>
    <message>
        <source>This asked for the answer shown</source>
        <translation>当前显示的回答就是用它提问的</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>按键：%1</translation>
    </message>
    <message>
        <source>Asked by itself about a dropped picture</source>
        <translation>拖入图片后自动提问</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
</context>
<context>
    <name>ReadBar</name>
    <message>
        <source>Reading the text on this computer… %1 s</source>
        <translation>正在本机识别文字… %1 秒</translation>
    </message>
    <message>
        <source>Text read on this computer, not by a model. Lines that are covered or cut off are left out.</source>
        <translation>文字由本机识别，并非模型所读。被遮盖或裁掉的行不在其中。</translation>
    </message>
    <message>
        <source>No text was found in this picture on this computer.</source>
        <translation>本机未在这张图片中找到文字。</translation>
    </message>
    <message>
        <source>Text read on this computer, not by a model. Drag over words to select.</source>
        <translation>文字由本机识别，并非模型所读。拖过文字即可选取。</translation>
    </message>
    <message>
        <source>Read text here</source>
        <translation>在本机识别文字</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Reads the words in the picture on this computer. Nothing is sent.</source>
        <translation>在本机识别图片中的文字，不发送任何内容。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel reading</source>
        <translation>取消识别</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Copy with lines and gaps as in the picture (Ctrl+C)</source>
        <translation>按图中的行与间距复制（Ctrl+C）</translation>
    </message>
    <message>
        <source>Find in the picture (Ctrl+F)</source>
        <translation>在图片中查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>Find in the picture</source>
        <translation>在图片中查找</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close find</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 处，共 %2 处</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>TextInstead</name>
    <message>
        <source>No text was found in %1. It would be sent as a picture.</source>
        <translation>在 %1 中没有找到文字，它将作为图片发送。</translation>
    </message>
</context>
<context>
    <name>TextPreview</name>
    <message>
        <source>Part %1 of %2</source>
        <translation>第 %1 部分，共 %2 部分</translation>
    </message>
    <message>
        <source>This is sent, word for word, with the file&apos;s name.</source>
        <translation>以下文字会连同文件名逐字发送。</translation>
    </message>
    <message>
        <source>%1: text only</source>
        <translation>%1：仅文字</translation>
    </message>
    <message>
        <source>This is sent, word for word. The picture stays on this computer.</source>
        <translation>将原样发送以下文字，图片留在本机。</translation>
    </message>
    <message>
        <source>Text that is sent</source>
        <translation>将发送的文字</translation>
    </message>
    <message>
        <source>The part before</source>
        <translation>上一部分</translation>
    </message>
    <message>
        <source>The next part</source>
        <translation>下一部分</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>复制全部</translation>
    </message>
</context>
<context>
    <name>ViewerText</name>
    <message>
        <source>Text read on this computer: %1</source>
        <translation>本机识别的文字：%1</translation>
    </message>
</context>
</TS>
