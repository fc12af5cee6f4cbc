using Microsoft.Extensions.Logging;

namespace Exchange.Grains.Portfolios;

/// <summary>An account's questions to symbols, asked again until they are answered: a symbol knows what it was asked by its id.</summary>
internal sealed class SymbolCalls(long account, PortfolioOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Null where it does not answer: what became of it has to be found out.</summary>
    public async Task<TReply?> UntilAnswered<TReply>(string symbol, long requestId, Func<Task<TReply>> ask)
        where TReply : class
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception)
            {
                Log.SubmitFailed(logger, exception, account, requestId, symbol, attempt);
                if (attempt >= options.SubmitAttempts)
                    return null;
            }

            await Task.Delay(options.SubmitRetryDelay * attempt, time);
        }
    }
}
