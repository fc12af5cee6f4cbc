using Exchange.Feeds.Connections;

namespace Exchange.Feeds.Tests.Venues;

/// <summary>
/// The feed's clock goes faster than the machine while a test waits, so a slow answer would look like silence. Tests
/// that are not about silence wait longer for answers; those that are take the rules as they are.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    public static ConnectionRules None(ConnectionRules rules) => rules;

    public static ConnectionRules Added(ConnectionRules rules) => rules with
    {
        StaleAfter = Long,
        SilenceMax = Long,
        ConnectWithin = Long,
        AnswerWithin = Long,
    };
}
