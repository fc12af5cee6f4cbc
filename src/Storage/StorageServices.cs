using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Storage;

public static class StorageServices
{
    /// <summary>
    /// Register it first: hosted services stop in reverse order, and storage must outlive all that write to it.
    /// The host does not start when the data cannot be opened.
    /// </summary>
    public static IServiceCollection AddExchangeStorage(this IServiceCollection services, Action<StorageOptions>? configure = null)
    {
        services.AddOptions<StorageOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ExchangeStorage.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Exchange.Storage")));
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().JournalReader);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().Snapshots);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().GrainState);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().DeadLetters);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().Notifications);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().Closures);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().ClosureRecords);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().AuditLog);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().ReadModel);
        services.AddSingleton(provider => provider.GetRequiredService<ExchangeStorage>().Commands);
        services.AddHealthChecks().AddCheck<StorageHealth>("storage");
        services.AddSingleton<StorageHealth>();
        services.AddHostedService<StorageLifetime>();
        return services;
    }

    private sealed class StorageLifetime(ExchangeStorage storage) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Run(storage.Dispose, CancellationToken.None);
    }
}
