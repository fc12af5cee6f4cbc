using Microsoft.Extensions.Logging;

namespace Exchange.Embedded.Runtime;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Grain {GrainId} failed to activate.")]
    internal static partial void ActivationFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Grain {GrainId} failed while it was deactivated.")]
    internal static partial void DeactivationFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "A timer of grain {GrainId} threw; it goes on.")]
    internal static partial void TimerFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Method} of {GrainId}, which nobody waits for, failed.")]
    internal static partial void UnansweredFailed(ILogger logger, GrainMethod method, GrainId grainId, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A turn of {GrainId} threw.")]
    internal static partial void TurnFailed(ILogger logger, GrainId grainId, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "The silo has started.")]
    internal static partial void Started(ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "The silo deactivated {Count} grains in {ElapsedMs} ms and has stopped.")]
    internal static partial void Stopped(ILogger logger, int count, long elapsedMs);

    [LoggerMessage(8, LogLevel.Warning, "The silo stops while {Count} grains have not finished deactivating, {First} among them.")]
    internal static partial void StoppedEarly(ILogger logger, int count, GrainId first);
}
