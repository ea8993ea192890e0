<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>New service</source>
        <translation>新服务</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>在此粘贴密钥</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the API key</source>
        <translation>保存 API 密钥</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>在此使用</translation>
    </message>
    <message>
        <source>Use the key at this address</source>
        <translation>在此地址使用该密钥</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>更换…</translation>
    </message>
    <message>
        <source>Replace the API key</source>
        <translation>更换 API 密钥</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Forget the API key</source>
        <translation>忘记 API 密钥</translation>
    </message>
</context>
<context>
    <name>ServiceCard</name>
    <message>
        <source>connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>✓ connected · %1 models · %2 s</source>
        <translation>✓ 已连接 · %1 个模型 · %2 秒</translation>
    </message>
    <message>
        <source>✕ not connected</source>
        <translation>✕ 未连接</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>in the system keyring</source>
        <translation>在系统密钥环中</translation>
    </message>
    <message>
        <source>No usable keyring: kept for this session only</source>
        <translation>没有可用的密钥环：仅在本次运行期间保留</translation>
    </message>
    <message>
        <source>from $%1</source>
        <translation>来自 $%1</translation>
    </message>
    <message>
        <source>entered for %1; not sent here</source>
        <translation>是为 %1 填入的，不会发送到这里</translation>
    </message>
    <message>
        <source>the system keyring did not open</source>
        <translation>系统密钥环未能打开</translation>
    </message>
    <message>
        <source>not needed on this computer</source>
        <translation>本机服务无需密钥</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚未填入</translation>
    </message>
    <message>
        <source>key</source>
        <translation>有密钥</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无密钥</translation>
    </message>
    <message>
        <source>requests go to %1</source>
        <translation>请求发往 %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Model for text</source>
        <translation>文字模型</translation>
    </message>
    <message>
        <source>Model for pictures</source>
        <translation>图片模型</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this service</source>
        <translation>移除此服务</translation>
    </message>
</context>
<context>
    <name>ServicesPage</name>
    <message>
        <source>in use: no key yet</source>
        <translation>使用中：尚无密钥</translation>
    </message>
    <message>
        <source>%1 and its key were removed.</source>
        <translation>已移除 %1 及其密钥。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Where answers come from. Keys stay in this computer&apos;s keyring and nowhere else.</source>
        <translation>回答从这里来。密钥只保存在本机的密钥环中。</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>inside this app · reads pictures on this computer</source>
        <translation>在本应用内 · 在本机识别图片</translation>
    </message>
    <message>
        <source>+ Add a service</source>
        <translation>+ 添加服务</translation>
    </message>
    <message>
        <source>Add a service</source>
        <translation>添加服务</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>%1 (on this computer)</source>
        <translation>%1（本机）</translation>
    </message>
</context>
</TS>
