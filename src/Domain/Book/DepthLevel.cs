namespace Exchange.Domain.Book;

/// <summary>One price and the lots displayed at it; an iceberg's hidden lots are not in it.</summary>
public readonly record struct DepthLevel(long Price, long Lots);
