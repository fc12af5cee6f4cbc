using Exchange.Api.Auth;
using Exchange.Api.Tests.Fakes;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Storage.ReadModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exchange.Api.Tests;

/// <summary>The front door on a real port, over grains that answer as they are told to.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string Secret = "a secret of the tests, long enough to be taken";

    private WebApplication? app;
    private int lastAccount = 1000;

    public FakeGrains Grains { get; private set; } = null!;
    public FakeReadModel History { get; } = new();
    public FakeCommandLog Commands { get; } = new();
    public FakeReadiness Readiness { get; } = new();
    public TestClock Clock { get; } = new();
    public Uri Address { get; private set; } = null!;

    protected virtual bool DevelopmentMode => true;

    private IServiceProvider Services => app!.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:JwtSecret"] = Secret,
            ["Auth:DevelopmentMode"] = DevelopmentMode.ToString(),
        });
        var (factory, grains) = FakeGrains.Create();
        Grains = grains;
        builder.Services.AddSingleton(factory);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IMarketCatalog, FakeCatalog>();
        builder.Services.AddSingleton<IExchangeReadiness>(Readiness);
        builder.Services.AddSingleton<IReadModel>(History);
        builder.Services.AddSingleton<ICommandLog>(Commands);
        builder.Services.AddExchangeApi(builder.Configuration);
        app = builder.Build();
        app.MapExchangeApi();
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
    }

    public async Task DisposeAsync() => await app!.DisposeAsync();

    public ApiClient Stranger() => new(Address, null, new FakePortfolio());

    /// <summary>Somebody signed in whom no other test knows.</summary>
    public ApiClient Caller()
    {
        var account = Interlocked.Increment(ref lastAccount);
        var (token, _) = Services.GetRequiredService<TokenCodec>().Issue(account, $"user{account}@example.org");
        return new ApiClient(Address, token, Grains.Portfolio(account)) { Account = account };
    }

    public ApiClient With(string token) => new(Address, token, new FakePortfolio());
}

[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
