namespace Exchange.Api.Auth;

/// <summary>
/// Who is an operator: the configured addresses, and those that the command "admin grant" wrote into the data folder.
/// The file is looked at again when it changes, so that the command works on an exchange that runs.
/// </summary>
public sealed class AdminList(AuthOptions options, string dataFolder, TimeProvider clock)
{
    private const string FileName = "admins";
    private const long AgeMaxMs = 1000;

    private readonly string path = PathIn(dataFolder);
    private readonly Lock gate = new();
    private HashSet<string> granted = new(StringComparer.OrdinalIgnoreCase);
    private DateTime writtenAt;
    private long lookedAtMs;

    public bool Contains(string email) =>
        options.AdminEmails.Contains(email, StringComparer.OrdinalIgnoreCase) || Granted().Contains(email);

    /// <summary>False where the address is an operator's already.</summary>
    public static bool Grant(string dataFolder, string email)
    {
        var path = PathIn(dataFolder);
        if (File.Exists(path) && File.ReadAllLines(path).Contains(email, StringComparer.OrdinalIgnoreCase))
            return false;
        File.AppendAllText(path, email + "\n");
        return true;
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    private HashSet<string> Granted()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (gate)
        {
            if (now - lookedAtMs is >= 0 and < AgeMaxMs)
                return granted;
            lookedAtMs = now;
            var written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
            if (written != writtenAt)
                granted = written == default ? [] : new(File.ReadAllLines(path), StringComparer.OrdinalIgnoreCase);
            writtenAt = written;
            return granted;
        }
    }
}
