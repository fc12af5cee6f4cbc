using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Api.Tests;

/// <summary>A program that signs its requests with an API key.</summary>
public sealed class SignedClient(ApiHost host, string apiKey, string secret)
{
    public string ApiKey => apiKey;

    public static string Sign(string secret, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    public Task<Answer> Get(string path, string query = "") => Send(HttpMethod.Get, path, query, null);

    public Task<Answer> Post(string path, string body) => Send(HttpMethod.Post, path, "", body);

    public Task<Answer> Send(HttpMethod method, string path, string query, string? body, TimeSpan age = default, string window = "")
    {
        var at = (host.Clock.Now - age).ToUnixTimeMilliseconds();
        var signed = $"{query}{(query.Length > 0 ? "&" : "")}timestamp={at}{window}";
        return SendRaw(method, path, $"{signed}&signature={Sign(secret, signed + body)}", body);
    }

    public Task<Answer> SendRaw(HttpMethod method, string path, string query, string? body)
    {
        var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (content is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return host.Stranger().Send(method, $"{path}?{query}", content, ("X-MBX-APIKEY", apiKey));
    }
}
