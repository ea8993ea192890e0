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
</context>
</TS>
