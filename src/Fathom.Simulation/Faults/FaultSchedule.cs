using System.Globalization;
using System.Text;
using Fathom.Domain;
using Fathom.Domain.Numerics;

namespace Fathom.Simulation.Faults;

/// <summary>
/// Everything that happens to one run: which market (and which dice of the strategies) and which faults at which steps. The same schedule on the same setup gives the same run, so
/// that a schedule that breaks a law is its own proof, and can be shortened. Its text, <c>seed=7,messages=1200,command_lost@120:0,restart@400:0</c>, reads back to the same.
/// </summary>
public sealed record FaultSchedule
{
    private static readonly int s_kinds = FaultNames.All.Count;

    /// <param name="messages">How much of the market is run, in messages; null: all of it.</param>
    /// <param name="faults">Put in the order of their steps; those of one step stay as they are.</param>
    public FaultSchedule(ulong seed, int? messages, IEnumerable<Fault> faults)
    {
        Seed = seed;
        Messages = messages;
        Faults = InOrder(faults);
    }

    public ulong Seed { get; }

    public int? Messages { get; }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Draws a schedule.</summary>
    public static FaultSchedule Of(ulong seed, FaultOptions options)
    {
        SplitMix64 random = new(seed ^ 0x5DEE_CE66_D1CE_4E5B);      // not the dice of the market
        Fault[] faults = new Fault[options.CountMin + random.NextBelow(options.CountMax - options.CountMin + 1)];
        for (int i = 0; i < faults.Length; i++)
        {
            FaultKind kind = options.Kinds.Count > 0 ? options.Kinds[random.NextBelow(options.Kinds.Count)] : FaultNames.All[random.NextBelow(s_kinds)];
            faults[i] = new Fault(1 + (long)random.NextBelow((ulong)options.Steps), kind, DrawAmount(ref random, options.DelayMax));
        }
        return new FaultSchedule(seed, null, faults);
    }

    /// <exception cref="InputException">Something in it is not <c>seed=N</c>, <c>messages=N</c> or <c>kind@step:amount</c>.</exception>
    public static FaultSchedule Parse(string text)
    {
        ulong seed = 0;
        int? messages = null;
        List<Fault> faults = [];
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Fault.TryParse(item, out Fault fault)) faults.Add(fault);
            else if (TryValue(item, "seed=", out ulong number)) seed = number;
            else if (TryValue(item, "messages=", out ulong count) && count is > 0 and <= int.MaxValue) messages = (int)count;
            else
                throw new InputException("schedule", $"'{item}'", "seed=N, messages=N or kind@step:amount", $"The kinds are {FaultNames.List}.");
        }
        return new FaultSchedule(seed, messages, faults);
    }

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"seed={Seed}");
        if (Messages is { } messages) text.Append(CultureInfo.InvariantCulture, $",messages={messages}");
        foreach (Fault fault in Faults) text.Append(',').Append(fault.ToString());
        return text.ToString();
    }

    public bool Equals(FaultSchedule? other)
    {
        if (other is null || Seed != other.Seed || Messages != other.Messages || Faults.Count != other.Faults.Count) return false;
        for (int i = 0; i < Faults.Count; i++)
            if (Faults[i] != other.Faults[i]) return false;
        return true;
    }

    public override int GetHashCode() => Seed.GetHashCode();

    private static List<Fault> InOrder(IEnumerable<Fault> faults)
    {
        List<Fault> ordered = [];
        foreach (Fault fault in faults)
        {
            int at = ordered.Count;
            while (at > 0 && ordered[at - 1].Step > fault.Step) at--;
            ordered.Insert(at, fault);
        }
        return ordered;
    }

    /// <summary>Short delays and long ones alike: as likely within each power of two.</summary>
    private static long DrawAmount(ref SplitMix64 random, long max)
    {
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)max);
        long amount = (long)random.NextBelow(1UL << (1 + random.NextBelow(bits)));
        return Math.Min(amount, max);
    }

    private static bool TryValue(string item, string name, out ulong value)
    {
        value = 0;
        return item.StartsWith(name, StringComparison.Ordinal) && ulong.TryParse(item.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
