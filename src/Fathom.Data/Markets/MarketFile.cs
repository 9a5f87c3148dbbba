namespace Fathom.Data.Markets;

/// <summary>A file of market data that the user named.</summary>
/// <param name="Role">What it is to the run: <c>data</c>, or <c>data.0</c>, <c>data.1</c> … where it is one of several.</param>
public sealed record MarketFile(string Path, string Role);
