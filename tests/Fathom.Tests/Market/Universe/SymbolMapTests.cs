using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Market.Universe;

public class SymbolMapTests
{
    [Fact]
    public void An_answer_holds_between_its_bounds_and_gaps_have_bounds_too()
    {
        SymbolMap map = new();
        map.Add(1, "A", new Timestamp(10), new Timestamp(20));
        map.Add(1, "B", new Timestamp(30), new Timestamp(40));
        map.Add(1, "never", new Timestamp(50), new Timestamp(50));

        Assert.Equal(new SymbolInterval("A", new Timestamp(10), new Timestamp(20), false), map.Find(1, new Timestamp(10)));
        Assert.Equal(new SymbolInterval(null, new Timestamp(20), new Timestamp(30), false), map.Find(1, new Timestamp(20)));
        Assert.Equal(new SymbolInterval(null, Timestamp.Earliest, new Timestamp(10), false), map.Find(1, new Timestamp(9)));
        Assert.Equal(new SymbolInterval(null, new Timestamp(40), Timestamp.None, false), map.Find(1, new Timestamp(40)));
        Assert.Null(map.Find(2, new Timestamp(15)).Symbol);
    }

    [Fact]
    public void Bounds_are_true_for_every_time_under_overlapping_notes()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            SymbolMap map = new();
            List<(string Symbol, long From, long Until)> notes = [];
            for (int i = 0; i < random.Next(1, 9); i++)
            {
                long from = random.Next(30), until = from + random.Next(12);
                notes.Add(($"S{i}", from, until));
                map.Add(1, $"S{i}", new Timestamp(from), new Timestamp(until));
            }
            for (long time = -1; time < 45; time++)
            {
                SymbolInterval found = map.Find(1, new Timestamp(time));
                Assert.Equal(Slow(notes, time), found.Symbol);
                Assert.True(found.Holds(new Timestamp(time)), $"seed {seed}, time {time}");
                for (long near = Math.Max(-1, found.From.Nanos); near < Math.Min(45, found.Until.Nanos); near++)
                    if (Slow(notes, near) != found.Symbol) Assert.Fail($"seed {seed}: the answer of {time} does not hold at {near}");
            }
        }
    }

    [Fact]
    public void Hundreds_of_thousands_of_intervals_of_one_number_are_found_at_once()
    {
        SymbolMap map = new();
        const int count = 200_000;
        for (int i = 0; i < count; i++) map.Add(1, i % 2 == 0 ? "A" : "B", new Timestamp(count - i), new Timestamp(count - i + 1));
        for (int i = 0; i < count; i++) Assert.Equal(i % 2 == 0 ? "A" : "B", map.Find(1, new Timestamp(count - i)).Symbol);
        for (int i = 0; i < count; i++) map.Add(1, "C", new Timestamp(i), new Timestamp(2 * count));
        Assert.Equal("C", map.Find(1, new Timestamp(count)).Symbol);
    }

    private static string? Slow(List<(string Symbol, long From, long Until)> notes, long time) =>
        notes.LastOrDefault(note => note.From <= time && time < note.Until).Symbol;
}
