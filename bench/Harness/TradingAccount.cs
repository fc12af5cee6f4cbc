using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Exchange.Bench.Harness;

/// <summary>A user with money, for the parts of a benchmark that are not measured.</summary>
public sealed record TradingAccount(string Email, string Token)
{
    private const int AtOnce = 8;

    public static async Task<TradingAccount[]> CreateAsync(Uri silo, int count, IReadOnlyDictionary<string, decimal> deposits)
    {
        using var client = new HttpClient { BaseAddress = silo };
        var accounts = new TradingAccount[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancellation) =>
        {
            var email = $"bench-{i}@example.com";
            var signUp = await PostAsync(client, "/api/v1/user/signup", null, new { email }, cancellation);
            accounts[i] = new TradingAccount(email, signUp.GetProperty("token").GetString()!);
            foreach (var (asset, amount) in deposits)
            {
                var deposit = new { depositId = $"start-{asset}", asset, amount = amount.ToString(CultureInfo.InvariantCulture) };
                await PostAsync(client, "/api/v1/onramp", accounts[i].Token, deposit, cancellation);
            }
        });
        return accounts;
    }

    private static async Task<JsonElement> PostAsync(
        HttpClient client, string path, string? token, object body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {answer}");
        return JsonDocument.Parse(answer).RootElement;
    }
}
