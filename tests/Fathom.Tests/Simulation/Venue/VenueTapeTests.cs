using Fathom.Domain.Messages;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class VenueTapeTests
{
    /// <summary>Questions, too, and what happens without anybody's asking.</summary>
    [Fact]
    public void Venues_on_one_tape_say_what_each_says_alone()
    {
        int answers = 0, changes = 0;
        for (int seed = 0; seed < Fuzz.Seeds(100); seed++)
        {
            Random random = new(seed);
            Tape tape = RandomTape.Create(random, events: random.Next(20, 120), instruments: random.Next(1, 4), isHostile: seed % 2 == 0);
            using VenueTape shared = new();
            int count = random.Next(2, 5), dice = random.Next();
            ScriptedEngine[] together = [.. Enumerable.Range(0, count).Select(i => SimulatedVenueSurpriseTests.Create(new Random(dice + i), dice + i, shared))];
            Together(tape, shared, together, [.. Enumerable.Range(0, count).Select(i => new RandomActs(dice + i))]);
            for (int i = 0; i < count; i++)
            {
                ScriptedEngine alone = SimulatedVenueSurpriseTests.Run(tape, new Random(dice + i), dice + i, shared: null);
                for (int at = 0; at < Math.Min(alone.Said.Count, together[i].Said.Count); at++)
                    Assert.True(SaidText.Of(alone.Said[at]) == SaidText.Of(together[i].Said[at]), $"seed {seed}, venue {i}, message {at}\nalone    {SaidText.Of(alone.Said[at])}\ntogether {SaidText.Of(together[i].Said[at])}");
                Assert.True(alone.Said.Count == together[i].Said.Count, $"seed {seed}, venue {i}: {alone.Said.Count} alone, {together[i].Said.Count} together");
                answers += alone.Said.Count(said => Messages.Header(said).Type is MessageType.VenueOrder);
                changes += alone.Said.Count(said => Messages.Header(said).Type is MessageType.ExecutionChanged);
            }
        }
        Assert.True(answers > 500 && changes > 200, $"{answers} orders answered, {changes} executions changed");
    }

    private static void Together(Tape tape, VenueTape shared, ScriptedEngine[] engines, RandomActs[] acts)
    {
        for (int i = 0; i < tape.Messages.Count; i++)
        {
            foreach (ScriptedEngine engine in engines) engine.ApplyBefore(shared.TimeOf(in Messages.Header(tape.Messages[i])));
            shared.Take(tape.Messages[i]);
            for (int at = 0; at < engines.Length; at++) engines[at].Live(i, tape.Messages[i], acts[at].After);
        }
        foreach (ScriptedEngine engine in engines) engine.Finish();
    }
}
