using Exchange.Grains.Interfaces.Supervision;
using Exchange.Silo.Engine;
using Exchange.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Exchange.Silo.Startup;

/// <summary>Starts the silo and waits for its end. What can go wrong at a start is said in a sentence, with an exit code.</summary>
internal static class OpenExchange
{
    private static readonly TimeSpan ReadinessPoll = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = ExchangeHost.Build(args);
            using var limit = new ShutdownLimit(app.Services.GetRequiredService<ShutdownOptions>(), TimeProvider.System, CutOff);
            app.Lifetime.ApplicationStopping.Register(limit.Begin);
            await app.StartAsync();
            StartupLogging.HasStarted = true;
            if (await IsReadyAsync(app))
                StartMessage.Write(Console.Out, app);
            await app.WaitForShutdownAsync();
            return ExitCodes.Ok;
        }
        catch (Exception failure) when (Explain(failure) is { } explained)
        {
            Console.Error.WriteLine(explained.Message);
            return explained.ExitCode;
        }
    }

    /// <summary>False where it was asked to stop before that.</summary>
    private static async Task<bool> IsReadyAsync(WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<IExchangeReadiness>();
        while (!readiness.IsReady && !app.Lifetime.ApplicationStopping.IsCancellationRequested)
            await Task.Delay(ReadinessPoll);
        return readiness.IsReady;
    }

    private static void CutOff(TimeSpan limit)
    {
        Console.Error.WriteLine($"The exchange did not end within {limit} and is cut off. What was acknowledged is stored.");
        Environment.Exit(ExitCodes.Unexpected);
    }

    private static (string Message, int ExitCode)? Explain(Exception failure) => failure switch
    {
        StorageException storage => (storage.Message, ExitCodes.Of(storage.Failure)),
        IOException { InnerException: AddressInUseException } address =>
            ($"{address.Message} Stop the other process, or choose another address: --urls http://localhost:5001", ExitCodes.AddressInUse),
        OptionsValidationException options => ($"The configuration is not valid: {options.Message}", ExitCodes.Usage),
        Api.Auth.InvalidSecretException secret => (secret.Message, ExitCodes.Usage),
        InvalidConfigurationException configuration => (configuration.Message, ExitCodes.Usage),
        _ => GrainEngine.Explain(failure) is { } explained ? (explained, ExitCodes.Unexpected) : null,
    };
}
