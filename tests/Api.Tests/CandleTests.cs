using Exchange.Api.Markets;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Storage.ReadModel;

namespace Exchange.Api.Tests;

/// <summary>The symbol remembers minutes 7 to 9; the read model has written minutes 1 to 8, and has 7 and 8 as they were before.</summary>
public sealed class CandleTests : IAsyncLifetime
{
    private const long Minute = 60_000;
    private const decimal FromMemory = 2;
    private const decimal FromHistory = 1;

    private readonly ApiHost host = new();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        host.Grains.Symbol("BTC_USDT").Candles =
            [.. new[] { 7, 8, 9 }.Select(
                i => new CandleView(i * Minute, FromMemory, FromMemory, FromMemory, FromMemory, 1, ((i + 1) * Minute) - 1, 1, 1))];
        foreach (var i in Enumerable.Range(1, 8))
            host.History.Candles.Add(
                ("BTC_USDT", "1m", new CandleRow(i * Minute, ((i + 1) * Minute) - 1, FromHistory, FromHistory, FromHistory, FromHistory, 1, 1, 1)));
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("", "1h 2h 3h 4h 5h 6h 7m 8m 9m")]
    [InlineData("&limit=2", "8m 9m")]
    [InlineData("&limit=5", "5h 6h 7m 8m 9m")]
    [InlineData("&endTime=300000&limit=2", "4h 5h")]
    [InlineData("&endTime=480000&limit=3", "6h 7m 8m")]
    [InlineData("&startTime=180000&limit=2", "3h 4h")]
    [InlineData("&startTime=300000", "5h 6h 7m 8m 9m")]
    [InlineData("&startTime=480000", "8m 9m")]
    [InlineData("&startTime=120000&endTime=180000", "2h 3h")]
    [InlineData("&startTime=600000", "")]
    [InlineData("&interval=1s", "7m 8m 9m")]
    public async Task Memory_continues_history_without_gap_or_repetition(string query, string expected)
    {
        var candles = Wire.Read<Candle[]>((await host.Stranger().Get("/api/v1/klines?symbol=BTC_USDT" + query)).Body);
        Assert.Equal(expected, string.Join(' ', candles.Select(candle => $"{candle.OpenTime / Minute}{(candle.Close == FromMemory ? "m" : "h")}")));
    }
}
