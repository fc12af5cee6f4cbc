using System.Security.Cryptography;
using System.Text;

namespace Exchange.Api.Auth;

/// <summary>A random key that is made once and kept where only the owner of the process can read it.</summary>
internal static class KeyFile
{
    public const int Bytes = 32;

    /// <param name="consequence">What removing a damaged file would mean.</param>
    public static byte[] LoadOrCreate(string folder, string name, string consequence, out bool created)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        created = !File.Exists(path);
        if (created)
            Create(path);
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) && length == Bytes
            ? key
            : throw new InvalidSecretException($"{path} is damaged. {consequence}");
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, Encoding.ASCII, options);
        file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
    }
}

public sealed class InvalidSecretException(string message) : Exception(message);
