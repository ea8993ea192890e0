<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ChartCard</name>
    <message>
        <source>all models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>by model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Most: %1</source>
        <comment>a day and its figures</comment>
        <translation>最多：%1</translation>
    </message>
    <message>
        <source>Cost per day</source>
        <translation>每日费用</translation>
    </message>
    <message>
        <source>Cost per week</source>
        <translation>每周费用</translation>
    </message>
    <message>
        <source>Cost per month</source>
        <translation>每月费用</translation>
    </message>
    <message>
        <source>Tokens per day</source>
        <translation>每日 token</translation>
    </message>
    <message>
        <source>Tokens per week</source>
        <translation>每周 token</translation>
    </message>
    <message>
        <source>Tokens per month</source>
        <translation>每月 token</translation>
    </message>
    <message>
        <source>What the bars show</source>
        <translation>柱形表示什么</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Which models the bars show</source>
        <translation>柱形包含哪些模型</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Usage by model</source>
        <translation>各模型的用量</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>In</source>
        <comment>tokens</comment>
        <translation>输入</translation>
    </message>
    <message>
        <source>Out</source>
        <comment>tokens</comment>
        <translation>输出</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>unknown price</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>%1 + %2 of unknown price</source>
        <translation>%1，另有 %2 次价格未知</translation>
    </message>
    <message>
        <source>today: cost unknown</source>
        <translation>今日：费用未知</translation>
    </message>
    <message>
        <source>today %1</source>
        <comment>a sum of money</comment>
        <translation>今日 %1</translation>
    </message>
    <message>
        <source>conversation: cost unknown</source>
        <translation>对话：费用未知</translation>
    </message>
    <message>
        <source>conversation %1</source>
        <comment>a sum of money</comment>
        <translation>对话 %1</translation>
    </message>
    <message>
        <source>%1 k</source>
        <comment>thousands</comment>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>%1 M</source>
        <comment>millions</comment>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a date without its year, as Qt writes dates</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a date with its year, as Qt writes dates</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>ddd, d MMM yyyy</source>
        <comment>a date, as Qt writes dates</comment>
        <translation>yyyy年M月d日 ddd</translation>
    </message>
    <message>
        <source>%1 in · %2 out</source>
        <comment>tokens</comment>
        <translation>输入 %1 · 输出 %2</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 次请求</translation>
    </message>
    <message>
        <source>%1 requests</source>
        <translation>%1 次请求</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the language in which dates are named: zh_CN</comment>
        <translation>zh_CN</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing was asked in the last %1 days.</source>
        <translation>最近 %1 天没有提问。</translation>
    </message>
    <message>
        <source>Nothing was asked yet. What is will be counted here.</source>
        <translation>还没有提问。之后的用量会统计在这里。</translation>
    </message>
    <message>
        <source>%1 of unknown price</source>
        <comment>requests</comment>
        <translation>%1 次价格未知</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>%1 % from cache</source>
        <translation>%1 % 来自缓存</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>%1 % reasoning</source>
        <translation>%1 % 为推理</translation>
    </message>
    <message>
        <source>Pictures read</source>
        <translation>读取的图片</translation>
    </message>
    <message>
        <source>sent with questions</source>
        <translation>随提问发送</translation>
    </message>
    <message>
        <source>Cost, %1 days</source>
        <translation>费用，%1 天</translation>
    </message>
    <message>
        <source>Cost, all time</source>
        <translation>费用，全部</translation>
    </message>
    <message>
        <source>unnamed model</source>
        <translation>未命名的模型</translation>
    </message>
    <message>
        <source>Counted on this computer from what the service reported.</source>
        <translation>根据服务报告的数据在本机统计。</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部</translation>
    </message>
</context>
</TS>
