using System.Net;
using System.Text;
using System.Text.Json;
using Exchange.Api.Tests.Fakes;

namespace Exchange.Api.Tests;

public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Message)
{
    public string Code => JsonDocument.Parse(Body).RootElement.GetProperty("error").GetProperty("code").GetString()!;
}

public sealed class ApiClient(Uri address, string? token, FakePortfolio portfolio)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public long Account { get; init; }
    public FakePortfolio Portfolio => portfolio;

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Delete(string path, string? body = null) => Send(HttpMethod.Delete, path, Json(body));

    public Task<Answer> Post(string path, string body) => Send(HttpMethod.Post, path, Json(body));

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    private static StringContent? Json(string? body) => body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
}
