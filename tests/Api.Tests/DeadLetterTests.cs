using System.Net;
using System.Text.Json;
using Exchange.Api.Admin;
using Exchange.Domain;
using Exchange.Domain.Orders;
using Exchange.Domain.Settlement;
using Exchange.Storage.DeadLetters;

namespace Exchange.Api.Tests;

/// <summary>What operators see of settlements that an account refused, and what they can do about them.</summary>
public sealed class DeadLetterTests : ApiHost, IAsyncLifetime
{
    private const string Path = "/api/v1/admin/dead-letters";
    private const string Why = """{"reason":"booked by hand"}""";

    public DeadLetterTests()
    {
        foreach (var id in new[] { 7L, 8L })
            DeadLetters.Letters.Add(Letter(id));
    }

    [Fact]
    public async Task They_are_listed_page_by_page_with_what_they_say()
    {
        var client = OperatorClient();

        var first = Wire.Read<DeadLetterPage>((await client.Get(Path + "?limit=1")).Body);
        var second = Wire.Read<DeadLetterPage>((await client.Get($"{Path}?limit=1&cursor={first.NextCursor}")).Body);
        var last = Wire.Read<DeadLetterPage>((await client.Get($"{Path}?cursor={second.NextCursor}")).Body);

        var letter = Assert.Single(first.Letters);
        Assert.Equal(
            ("7", "BTC_USDT", "17", "UnknownOrder", 1_000L, 2),
            (letter.Id, letter.Symbol, letter.Account, letter.Reason, letter.AddedAt, letter.Retries));
        Assert.Equal(new SettlementLine("Fill", "7", 3, "4294967297", "9", "SELL", 0.5m, 25_000m, 25m), Assert.Single(letter.Record));
        Assert.Equal("8", Assert.Single(second.Letters).Id);
        Assert.Empty(last.Letters);
        Assert.Null(last.NextCursor);
    }

    [Fact]
    public async Task Those_that_are_over_are_listed_newest_first_with_what_became_of_them()
    {
        DeadLetters.Past.Add(Letter(3) with { State = DeadLetterState.Delivered });
        DeadLetters.Past.Add(Letter(4) with { State = DeadLetterState.GivenUp });
        var client = OperatorClient();

        var first = Wire.Read<PastDeadLetterPage>((await client.Get(Path + "/past?limit=1")).Body);
        var second = Wire.Read<PastDeadLetterPage>((await client.Get($"{Path}/past?cursor={first.NextCursor}")).Body);

        Assert.Equal(("4", "DROPPED"), (Assert.Single(first.Letters).Letter.Id, first.Letters[0].Outcome));
        Assert.Equal(("3", "SETTLED"), (Assert.Single(second.Letters).Letter.Id, second.Letters[0].Outcome));
        Assert.Null(second.NextCursor);
        Assert.Equal("ADMINS_ONLY", (await Caller().Get(Path + "/past")).Code);
    }

    [Theory]
    [InlineData(Reason.None, "SETTLED", null)]
    [InlineData(Reason.InsufficientBalance, "REFUSED", "INSUFFICIENT_BALANCE")]
    public async Task One_is_retried_at_its_symbol(Reason reason, string outcome, string? code)
    {
        Grains.Symbol("BTC_USDT").LetterReason = reason;

        var answer = Wire.Read<DeadLetterOutcome>((await OperatorClient().Post(Path + "/7/retry", "")).Body);

        Assert.Equal(new DeadLetterOutcome("7", outcome, code), answer);
        Assert.Equal(["retry 7"], Grains.Symbol("BTC_USDT").Letters);
        Assert.Contains(Audit.Entries, entry => (entry.Actor, entry.Action) == (Operator, "dead letter retried"));
    }

    [Fact]
    public async Task One_is_dropped_with_a_reason_that_is_kept()
    {
        var answer = Wire.Read<DeadLetterOutcome>((await OperatorClient().Delete(Path + "/8", Why)).Body);

        Assert.Equal(new DeadLetterOutcome("8", "DROPPED", null), answer);
        Assert.Equal(["drop 8"], Grains.Symbol("BTC_USDT").Letters);
        var noted = Assert.Single(Audit.Entries, entry => entry.Action == "dead letter dropped");
        Assert.Equal("8 of BTC_USDT for account 17, UnknownOrder: booked by hand", noted.Detail);
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_dropped()
    {
        var client = OperatorClient();

        Assert.Equal("MISSING_BODY", (await client.Delete(Path + "/8")).Code);
        Assert.Equal("MISSING_FIELD", (await client.Delete(Path + "/8", "{}")).Code);
        Assert.Equal("INVALID_FIELD", (await client.Delete(Path + "/8", """{"reason":""}""")).Code);
        Assert.Empty(Grains.Symbol("BTC_USDT").Letters);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("-7")]
    [InlineData("seven")]
    [InlineData("99999999999999999999")]
    public async Task What_is_not_there_is_not_found(string id)
    {
        var retried = await OperatorClient().Post($"{Path}/{id}/retry", "");
        var dropped = await OperatorClient().Delete($"{Path}/{id}", Why);

        Assert.Equal((HttpStatusCode.NotFound, "UNKNOWN_DEAD_LETTER"), (retried.Status, retried.Code));
        Assert.Equal("UNKNOWN_DEAD_LETTER", dropped.Code);
    }

    [Fact]
    public async Task Only_operators_may()
    {
        var other = Caller();

        Assert.Equal("ADMINS_ONLY", (await other.Get(Path)).Code);
        Assert.Equal("ADMINS_ONLY", (await other.Post(Path + "/7/retry", "")).Code);
        Assert.Equal("ADMINS_ONLY", (await other.Delete(Path + "/7", Why)).Code);
        Assert.Equal("UNAUTHORIZED", (await Stranger().Get(Path)).Code);
        Assert.Empty(Grains.Symbol("BTC_USDT").Letters);
    }

    private static DeadLetter Letter(long id)
    {
        var item = new SettlementItem(SettlementKind.Fill, id, 3, 4_294_967_297, 9, Side.Sell, 0.5m, 25_000m, 25m, default, default);
        return new DeadLetter(id, "BTC_USDT", "17", "UnknownOrder", JsonSerializer.SerializeToUtf8Bytes(new[] { item }), 1_000, 2, 0);
    }
}
