namespace Exchange.Api.Orders;

/// <summary>Names for requests whose client chose none, so that even an answer that got lost can be asked for.</summary>
internal static class ClientIds
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private const int Length = 22;

    public static string New() => string.Create(Length, Random.Shared, static (text, random) =>
    {
        text[0] = 'x';
        text[1] = '-';
        random.GetItems<char>(Alphabet, text[2..]);
    });
}
