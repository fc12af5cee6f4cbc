using Exchange.Bench.Harness;
using Exchange.EndToEnd.Tests.Harness;

namespace Exchange.EndToEnd.Tests.Hosting;

/// <summary>Both engines' builds on one database, one after the other.</summary>
[Trait("Engine", "Orleans")]
public sealed class OtherEngineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [OtherEngineFact]
    public async Task An_account_with_its_session_funds_and_orders_goes_from_engine_to_engine()
    {
        using var exchange = await RunningExchange.StartAsync();
        var first = await Trader.SignUpAsync(exchange, "first", ("TATA", 10));
        await first.PlaceAsync(NewOrder.Limit("TATA_INR", "sell", 100m, 4, "ask"));
        Assert.Equal(0, await exchange.StopAsync(Patience));

        await exchange.StartAgainOnAsync(OtherEngineFactAttribute.Assembly);
        Assert.Equal(new Balance("TATA", 6, 4), await first.BalanceAsync("TATA"));
        var second = await Trader.SignUpAsync(exchange, "second", ("INR", 1000));
        await second.PlaceAsync(NewOrder.Limit("TATA_INR", "buy", 100m, 4, "bid"));
        Assert.Equal(0, await exchange.StopAsync(Patience));

        await exchange.StartAgainOnAsync(SiloBuild.Locate());
        Assert.Equal(new Balance("TATA", 6, 0), await first.BalanceAsync("TATA"));
        Assert.Equal(4, Assert.Single(await second.TradesAsync("TATA_INR")).Quantity);
        Assert.Equal(0, await exchange.StopAsync(Patience));
        await exchange.PassesAuditAsync();
    }
}

/// <summary>A test of two builds of the exchange that lie side by side.</summary>
public sealed class OtherEngineFactAttribute : FactAttribute
{
    private const string Orleans = "/artifacts/orleans/";
    private const string Embedded = "/artifacts/embedded/";

    public OtherEngineFactAttribute()
    {
        if (PostgresServer.Connection is null)
            Skip = "Needs PostgreSQL: EXCHANGE_TEST_POSTGRES names no server.";
        else if (!File.Exists(Assembly))
            Skip = $"The exchange is not built for the other engine: {Assembly} is not there.";
    }

    public static string Assembly { get; } = Of(SiloBuild.Locate());

    private static string Of(string own) => own.Contains(Orleans, StringComparison.Ordinal)
        ? own.Replace(Orleans, Embedded, StringComparison.Ordinal)
        : own.Replace(Embedded, Orleans, StringComparison.Ordinal);
}
