using Exchange.Bench.Harness;
using Exchange.Domain.Events;
using Exchange.Domain.Markets;
using Exchange.Silo;
using Exchange.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.EndToEnd.Tests.Crashes;

public sealed class AuditCommandTests : IDisposable
{
    private const long Account = 1;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Deposits_that_nobody_traded_with_pass()
    {
        await WriteAsync(new AccountOpened(Account, "a@example.com"), new FundsDeposited("d1", "INR", 100));

        Assert.Equal(0, await AuditCommand.RunAsync(["--data", _folder.Data]));
    }

    [Fact]
    public async Task A_fill_that_never_happened_fails()
    {
        await WriteAsync(
            new AccountOpened(Account, "a@example.com"),
            new FillSettled("TATA_INR", 1, 0, 1, 1, "TATA", 5, "INR", 0, "TATA", 0, 0));

        Assert.Equal(1, await AuditCommand.RunAsync(["--data", _folder.Data]));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_and_is_not_made()
    {
        Assert.Equal(2, await AuditCommand.RunAsync(["--data", _folder.Data]));
        Assert.False(Directory.Exists(_folder.Data));
    }

    [Fact]
    public async Task A_folder_in_use_is_an_error()
    {
        using var running = Open();

        Assert.Equal(2, await AuditCommand.RunAsync(["--data", _folder.Data]));
    }

    private async Task WriteAsync(params DomainEvent[] portfolioEvents)
    {
        using var storage = Open();
        await AppendAsync(storage, Streams.Markets, [.. DefaultMarkets.All.Select(market => new MarketListed(market))]);
        await AppendAsync(storage, Streams.Portfolio(Account), portfolioEvents);
    }

    private static Task AppendAsync(ExchangeStorage storage, string stream, DomainEvent[] events) =>
        storage.Journal.AppendAsync(stream, 0, EventCodec.Encode(new EventBatch(0, events)));

    private ExchangeStorage Open() =>
        ExchangeStorage.Open(new StorageOptions { DataFolder = _folder.Data }, TimeProvider.System, NullLogger.Instance);
}
