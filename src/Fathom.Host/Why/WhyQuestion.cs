using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>What is to be explained: an order of a run, or a moment of it.</summary>
/// <param name="Order">The order's name, or how it begins or ends; empty for a moment.</param>
/// <param name="Time">The moment; None for an order.</param>
/// <param name="Strategy">Only its decisions; null: anybody's.</param>
/// <param name="Instrument">Only decisions about this symbol; null: about any.</param>
/// <param name="Levels">Best levels of each side of a book that are kept.</param>
internal sealed record WhyQuestion(string Order, Timestamp Time, string? Strategy, string? Instrument, int Levels)
{
    public const int LevelsMax = 100, LevelsUsual = 7;

    private const int NanosDigitsMin = 18;      // of 2001 and later; an order's end is never taken for a time because it has digits only

    /// <summary>It is about an order.</summary>
    public bool IsOfOrder => Order.Length > 0;

    /// <param name="text">RFC 3339 with a zone, or nanoseconds since 1970 (18 or 19 digits), or else the name of an order.</param>
    /// <exception cref="InputException">Neither, or a filter that an order has no use for.</exception>
    public static WhyQuestion Parse(string text, string? strategy, string? instrument, int levels)
    {
        if (levels is < 1 or > LevelsMax) throw new InputException("--levels", $"{levels}", $"1 to {LevelsMax}", $"Ask for 1 to {LevelsMax} levels.");
        string asked = text.Trim();
        if (LooksLikeTime(asked))
        {
            return Timestamp.TryParse(asked, out Timestamp time)
                ? new WhyQuestion("", time, strategy, instrument, levels)
                : throw new InputException("ORDER|TIME", $"'{text}'", "RFC 3339 with a zone, or integer nanoseconds", "Write it as 2026-01-05T14:30:00Z.");
        }
        if (asked.Length is 0 or > 26 || !asked.All(char.IsAsciiLetterOrDigit))
            throw new InputException("ORDER|TIME", $"'{text}'", "an order of orders.csv (client_order_id, or how it ends), or a time", "Write fathom why 2026-01-05T14:30:00Z --run DIR, or copy an id from orders.csv.");
        if (strategy is not null || instrument is not null)
            throw new InputException(strategy is not null ? "--strategy" : "--instrument", "an order", "a time, of which the filter picks a decision", "Leave it out: an order is one strategy's, in one instrument.");
        return new WhyQuestion(asked.ToUpperInvariant(), Timestamp.None, null, null, levels);
    }

    private static bool LooksLikeTime(string text) =>
        text.Contains(':') || text.StartsWith('-') || (text.Length is >= NanosDigitsMin and <= NanosDigitsMin + 1 && text[0] != '0' && text.All(char.IsAsciiDigit));
}
