using Exchange.Storage.DeadLetters;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Closures;

/// <summary>Keeps what is over from growing without end. What failed and waits for an operator is never removed.</summary>
internal static class ClosureRetention
{
    private const ulong Mixer = 0x9E3779B97F4A7C15;
    private const int TrimOneInBits = 4;

    public static void Trim(StatementCache state, StorageOptions options)
    {
        Trim(state, "closures", "outcome", (long)ClosureOutcome.Completed, options.ClosuresCompletedKept);
        Trim(state, "closures", "outcome", (long)ClosureOutcome.GivenUp, options.ClosuresFailedKept);
        Trim(state, "dead_letters", "resolved", (long)DeadLetterState.Delivered, options.DeadLettersCompletedKept);
        Trim(state, "dead_letters", "resolved", (long)DeadLetterState.GivenUp, options.DeadLettersFailedKept);
    }

    /// <summary>
    /// With one in sixteen: an account's list is a little longer than the limit at times. Which ones is scattered, for accounts that
    /// are told in turns have ids at even distances, and an account could miss every sixteenth for ever.
    /// </summary>
    public static void TrimNotifications(StatementCache state, StorageOptions options, long account, long notificationId)
    {
        if (IsTrimDue(notificationId))
        {
            state["DELETE FROM notifications WHERE account = $1 AND id <= (SELECT id FROM notifications WHERE account = $2 ORDER BY id DESC LIMIT "
                + "1 OFFSET $3)"]
                .Bind(1, account).Bind(2, account).Bind(3, options.NotificationsKept).Run();
        }
    }

    public static void LetterGivenUp(StatementCache state, long letter) =>
        state["UPDATE closures SET outcome = $1 WHERE letter = $2"].Bind(1, (long)ClosureOutcome.GivenUp).Bind(2, letter).Run();

    private static bool IsTrimDue(long notificationId)
    {
        ulong mixed = unchecked((ulong)notificationId * Mixer);
        return unchecked((mixed ^ (mixed >> 32)) * Mixer) >> (64 - TrimOneInBits) == 0;
    }

    private static void Trim(StatementCache state, string table, string column, long value, int kept) =>
        state[$"DELETE FROM {table} WHERE {column} = $1 AND id <= (SELECT id FROM {table} WHERE {column} = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)"]
            .Bind(1, value).Bind(2, value).Bind(3, kept).Run();
}
