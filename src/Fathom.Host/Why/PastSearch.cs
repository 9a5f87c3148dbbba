using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Host.Why;

/// <summary>Finds in what a run has written down from when on the replay is to be watched: so the way there is run at full speed.</summary>
internal static class PastSearch
{
    private const int ShownMax = 6;

    /// <summary>The one order that is meant, and when it was first decided about.</summary>
    /// <param name="text">The name, or how it begins or ends, in capitals.</param>
    /// <param name="run">The folder, for messages.</param>
    /// <exception cref="InputException">None, or several.</exception>
    public static (ClientOrderId Order, Timestamp From) Order(IEnumerable<PastEvent> past, string text, string run)
    {
        Dictionary<ClientOrderId, Timestamp> all = [];
        foreach (PastEvent change in past) all.TryAdd(change.Order, change.Time);
        all.Remove(ClientOrderId.None);      // of a standing want that was refused: there was no order
        ClientOrderId[] found = [.. all.Keys.Where(id => id.ToString() is var name && (name.EndsWith(text, StringComparison.Ordinal) || name.StartsWith(text, StringComparison.Ordinal)))];
        if (found.Length == 1) return (found[0], all[found[0]]);
        if (all.Count == 0) throw new InputException(run, "a run without orders", "a run with the order that is asked for", "Name a time instead: what its strategies wanted then is shown.");
        throw found.Length == 0
            ? new InputException("ORDER", $"'{text}', which is no order of this run", $"one of its {Count(all.Count)} orders, for example {Nearest(text, all.Keys)}", "Copy a client_order_id from orders.csv; its last letters are enough.")
            : new InputException("ORDER", $"'{text}', which {Count(found.Length)} orders of this run begin or end with", $"one of {Some(found)}", "Write more of its letters.");
    }

    /// <summary>The last moment, not after the one that is asked for, at which something is known to have been decided; the earliest time where nothing is.</summary>
    public static Timestamp LastDecision(IEnumerable<PastEvent> past, WhyQuestion question)
    {
        Timestamp last = Timestamp.Earliest;
        foreach (PastEvent change in past)
        {
            if (change.Time > question.Time) break;
            bool isMeant = change.IsDecision && (question.Strategy is null || change.Strategy == question.Strategy) && (question.Instrument is null || change.Symbol == question.Instrument);
            if (isMeant) last = change.Time;
        }
        return last;
    }

    /// <summary>Neighbours in the order of names, which is that of strategies and of time; of a part of a name those that share most of its end.</summary>
    private static string Nearest(string text, IEnumerable<ClientOrderId> all)
    {
        ClientOrderId[] sorted = [.. all.OrderBy(id => (id.High, id.Low))];
        if (!ClientOrderId.TryParse(text, out ClientOrderId asked)) return Some([.. sorted.OrderByDescending(id => Shared(id.ToString(), text)).Take(ShownMax)]);
        int above = Array.FindIndex(sorted, id => (id.High, id.Low).CompareTo((asked.High, asked.Low)) > 0);
        if (above < 0) above = sorted.Length;
        return Some(sorted[Math.Max(0, above - 2)..Math.Min(sorted.Length, above + 2)]);
    }

    private static int Shared(string name, string text)
    {
        int shared = 0;
        while (shared < text.Length && name[^(shared + 1)] == text[^(shared + 1)]) shared++;
        return shared;
    }

    private static string Some(ClientOrderId[] ids) => string.Join(", ", ids.Take(ShownMax)) + (ids.Length > ShownMax ? " …" : "");

    private static string Count(int number) => number.ToString("#,##0", CultureInfo.InvariantCulture);
}
