namespace Fathom.Engine.Risk.Limits;

/// <summary>The product of a symbol: of a future's the part before the month and year of delivery, of every other the whole.</summary>
/// <remarks>The letters of months are those of CME Group: F G H J K M N Q U V X Z, January to December.</remarks>
public static class ProductRoot
{
    private const string Months = "FGHJKMNQUVXZ";

    /// <summary>CL of CLX5, CLZ25 and CLX2025; BTCUSDT of BTCUSDT.</summary>
    public static string Of(string symbol)
    {
        int digits = 0;
        while (digits < symbol.Length && char.IsAsciiDigit(symbol[^(digits + 1)])) digits++;
        int root = symbol.Length - digits - 1;
        bool isContract = digits is 1 or 2 or 4 && root > 0 && Months.Contains(symbol[root], StringComparison.Ordinal);
        return isContract ? symbol[..root] : symbol;
    }
}
