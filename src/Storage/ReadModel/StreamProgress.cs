using System.Globalization;
using Exchange.Domain.Events;

namespace Exchange.Storage.ReadModel;

internal enum StreamKind
{
    Other,
    Markets,
    Symbol,
    Portfolio,
}

/// <summary>How far a stream has been taken in, and what its name says.</summary>
internal sealed class StreamProgress
{
    public StreamProgress(string stream, long sequence)
    {
        Stream = stream;
        Sequence = sequence;
        if (stream == Streams.Markets)
        {
            Kind = StreamKind.Markets;
        }
        else if (stream.StartsWith(Streams.SymbolPrefix, StringComparison.Ordinal))
        {
            Kind = StreamKind.Symbol;
            Symbol = stream[Streams.SymbolPrefix.Length..];
        }
        else if (stream.StartsWith(Streams.PortfolioPrefix, StringComparison.Ordinal)
            && long.TryParse(
                stream.AsSpan(Streams.PortfolioPrefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long account))
        {
            Kind = StreamKind.Portfolio;
            Account = account;
        }
    }

    public string Stream { get; }
    public StreamKind Kind { get; }
    public string Symbol { get; } = "";
    public long Account { get; }
    public long Sequence { get; set; }
    public bool IsChanged { get; set; }
}
