using Exchange.Api.Auth;
using Exchange.Api.Tests.Fakes;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Api.Mail;
using Exchange.Storage.Audit;
using Exchange.Storage.Closures;
using Exchange.Storage.DeadLetters;
using Exchange.Storage.Notifications;
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
    public const string Operator = "operator@example.org";
    public const string Secret = "a secret of the tests, long enough to be taken";

    private WebApplication? app;
    private int lastAccount = 1000;

    public FakeGrains Grains { get; private set; } = null!;
    public FakeReadModel History { get; } = new();
    public FakeNotifications Notifications { get; } = new();
    public FakeClosures Closures { get; } = new();
    public FakeCommandLog Commands { get; } = new();
    public FakeFeedStates Feeds { get; } = new();
    public FakeReadiness Readiness { get; } = new();
    public TestClock Clock { get; } = new();
    public Uri Address { get; private set; } = null!;

    public FakeAuditLog Audit { get; } = new();
    public FakeDeadLetters DeadLetters { get; } = new();
    public FakeMailer Mailer { get; } = new();

    protected virtual Dictionary<string, string?> Settings => [];

    protected virtual bool DevelopmentMode => true;

    public IServiceProvider Services => app!.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:JwtSecret"] = Secret,
            ["Auth:DevelopmentMode"] = DevelopmentMode.ToString(),
            ["Auth:ApiKeyMasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Auth:AdminEmails:0"] = Operator,
            ["Auth:PublicUrl"] = "https://exchange.example.org",
            ["RateLimits:Scale"] = "0",
            ["DataFolder"] = Path.Combine(Path.GetTempPath(), "no-such-folder-of-an-exchange"),
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        var (factory, grains) = FakeGrains.Create();
        Grains = grains;
        builder.Services.AddSingleton(factory);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IMarketCatalog, FakeCatalog>();
        builder.Services.AddSingleton<IFeedStates>(Feeds);
        builder.Services.AddSingleton<IPositionTerms, FakeTerms>();
        builder.Services.AddSingleton<IExchangeReadiness>(Readiness);
        builder.Services.AddSingleton<IReadModel>(History);
        builder.Services.AddSingleton<IAuditLog>(Audit);
        builder.Services.AddSingleton<INotifications>(Notifications);
        builder.Services.AddSingleton<IClosureRecords>(Closures);
        builder.Services.AddSingleton<IMailer>(Mailer);
        builder.Services.AddSingleton<ICommandLog>(Commands);
        builder.Services.AddSingleton<IDeadLetters>(DeadLetters);
        builder.Services.AddExchangeApi(builder.Configuration);
        app = builder.Build();
        app.UseExchangeApi();
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
        return Caller(account, $"user{account}@example.org");
    }

    public ApiClient OperatorClient() => Caller(Interlocked.Increment(ref lastAccount), Operator);

    /// <param name="isAdmin">What the token claims, whoever it was issued to.</param>
    public ApiClient Caller(long account, string email, bool isAdmin = true, string session = "")
    {
        var (token, _) = Issue(account, email, session, isAdmin);
        return new ApiClient(Address, token, Grains.Portfolio(account)) { Account = account };
    }

    public (string Token, DateTimeOffset ExpiresAt) Issue(long account, string email, string session = "", bool isAdmin = false) =>
        Services.GetRequiredService<TokenCodec>().Issue(account, email, session.Length > 0 ? session : Guid.NewGuid().ToString("N"), isAdmin);

    public string TokenOf(long account) => Issue(account, $"user{account}@example.org").Token;

    public ApiClient With(string token) => new(Address, token, new FakePortfolio());
}

[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
