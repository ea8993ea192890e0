<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>NetworkForm</name>
    <message>
        <source>Certificate file (PEM)</source>
        <translation>证书文件（PEM）</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>证书 (*.pem *.crt *.cer);;所有文件 (*)</translation>
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
        <source>the system keyring did not open</source>
        <translation>系统密钥环未能打开</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>Proxy user</source>
        <translation>代理用户名</translation>
    </message>
    <message>
        <source>Proxy password</source>
        <translation>代理密码</translation>
    </message>
    <message>
        <source>Reached without it</source>
        <translation>不经代理的地址</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手动设置</translation>
    </message>
    <message>
        <source>Only if the proxy asks for one</source>
        <translation>仅在代理要求时填写</translation>
    </message>
    <message>
        <source>Trusted besides the system&apos;s certificates</source>
        <translation>除系统证书外还信任的证书</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>选择证书文件</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>How services are reached, unless one has settings of its own. This computer itself is always reached directly.</source>
        <translation>连接各服务的方式，单独设置过的服务除外。本机始终直接连接。</translation>
    </message>
</context>
<context>
    <name>NetworkTest</name>
    <message>
        <source>Reached %1 through proxy %2 in %3 s (status %4).</source>
        <comment>host, proxy</comment>
        <translation>已通过代理 %2 连接到 %1，用时 %3 秒（状态码 %4）。</translation>
    </message>
    <message>
        <source>Reached %1 in %3 s (status %4).</source>
        <comment>host</comment>
        <translation>已连接到 %1，用时 %3 秒（状态码 %4）。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted. If it is your network&apos;s own, choose the file of its certificates.</source>
        <translation>%1 的证书不受信任。如果这是您所在网络自己的证书，请选择相应的证书文件。</translation>
    </message>
    <message>
        <source>%1 It says: %2.</source>
        <translation>%1 它的说明：%2。</translation>
    </message>
    <message>
        <source>The system names no proxy for %1.</source>
        <translation>系统没有为 %1 指定代理。</translation>
    </message>
    <message>
        <source>The system&apos;s proxy: %1</source>
        <translation>系统代理：%1</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Proxy password</source>
        <translation>代理密码</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the proxy&apos;s password</source>
        <translation>保存代理密码</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>更换…</translation>
    </message>
    <message>
        <source>Replace the proxy&apos;s password</source>
        <translation>更换代理密码</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Forget the proxy&apos;s password</source>
        <translation>忘记代理密码</translation>
    </message>
</context>
<context>
    <name>ServiceNetwork</name>
    <message>
        <source>own settings</source>
        <translation>单独设置</translation>
    </message>
    <message>
        <source>like all others</source>
        <translation>与其他服务相同</translation>
    </message>
    <message>
        <source>Network: %1</source>
        <translation>网络：%1</translation>
    </message>
    <message>
        <source>Network settings</source>
        <translation>网络设置</translation>
    </message>
    <message>
        <source>Like all others</source>
        <translation>与其他服务相同</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>单独设置</translation>
    </message>
</context>
<context>
    <name>WayPanel</name>
    <message>
        <source>Trying…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Test network</source>
        <translation>测试网络</translation>
    </message>
    <message>
        <source>Test the way to the service</source>
        <translation>测试到服务的连接</translation>
    </message>
    <message>
        <source>Service that the test goes to</source>
        <translation>要测试的服务</translation>
    </message>
</context>
</TS>
