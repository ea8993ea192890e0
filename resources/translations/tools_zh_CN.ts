<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
</TS>
