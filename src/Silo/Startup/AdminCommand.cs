using Exchange.Api.Accounts;
using Exchange.Api.Auth;

namespace Exchange.Silo.Startup;

/// <summary>"admin grant EMAIL --data DIR": makes somebody an operator, of an exchange that runs or not.</summary>
internal static class AdminCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not ["grant", var address, "--data", var folder])
            return Refuse("usage: admin grant EMAIL --data DIR");
        if (!Directory.Exists(folder))
            return Refuse($"There is no data folder '{folder}'.");
        if (!EmailAddress.TryNormalise(address, out var email))
            return Refuse($"'{address}' is no e-mail address.");
        Console.WriteLine(
            AdminList.Grant(folder, email) ? $"{email} is an operator now, from the next sign-in on." : $"{email} was an operator already.");
        return Task.FromResult(ExitCodes.Ok);
    }

    private static Task<int> Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Task.FromResult(ExitCodes.Usage);
    }
}
