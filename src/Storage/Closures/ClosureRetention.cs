using Exchange.Storage.DeadLetters;
using Exchange.Storage.Sql;

namespace Exchange.Storage.Closures;

/// <summary>Keeps what is over from growing without end. What failed and waits for an operator is never removed.</summary>
internal static class ClosureRetention
{
    private const int NotificationsPerTrim = 16;

    public static void Trim(StatementCache state, StorageOptions options)
    {
        Trim(state, "closures", "outcome", (long)ClosureOutcome.Completed, options.ClosuresCompletedKept);
        Trim(state, "closures", "outcome", (long)ClosureOutcome.GivenUp, options.ClosuresFailedKept);
        Trim(state, "dead_letters", "resolved", (long)DeadLetterState.Delivered, options.DeadLettersCompletedKept);
        Trim(state, "dead_letters", "resolved", (long)DeadLetterState.GivenUp, options.DeadLettersFailedKept);
    }

    /// <summary>Not with each one: an account's list is a little longer than the limit at times.</summary>
    public static void TrimNotifications(StatementCache state, StorageOptions options, long account, long notificationId)
    {
        if (notificationId % NotificationsPerTrim == 0)
        {
            state["DELETE FROM notifications WHERE account = $1 AND id <= (SELECT id FROM notifications WHERE account = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)"]
                .Bind(1, account).Bind(2, account).Bind(3, options.NotificationsKept).Run();
        }
    }

    public static void LetterGivenUp(StatementCache state, long letter) =>
        state["UPDATE closures SET outcome = $1 WHERE letter = $2"].Bind(1, (long)ClosureOutcome.GivenUp).Bind(2, letter).Run();

    private static void Trim(StatementCache state, string table, string column, long value, int kept) =>
        state[$"DELETE FROM {table} WHERE {column} = $1 AND id <= (SELECT id FROM {table} WHERE {column} = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)"]
            .Bind(1, value).Bind(2, value).Bind(3, kept).Run();
}
