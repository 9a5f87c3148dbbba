using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;
using Fathom.Simulation.Costs;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Orders that end by themselves. Every run is the oracle's too.</summary>
public class ExpiryQueueTests
{
    private const long Microsecond = 1_000;

    [Fact]
    public void First_to_end_comes_first_and_of_one_time_the_one_accepted_first()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            ExpiryQueue queue = new();
            List<OwnOrder> all = [];
            for (ulong i = 1; i <= 60; i++)
            {
                OwnOrder order = new() { VenueOrderId = i, Expiry = new Timestamp(random.Next(6)) };
                all.Add(order);
                queue.Add(order);
                if (random.Next(3) > 0) continue;
                OwnOrder gone = all[random.Next(all.Count)];
                all.Remove(gone);
                queue.Remove(gone);
                queue.Remove(gone);      // it is not there any more
            }
            foreach (OwnOrder expected in all.OrderBy(order => order.Expiry).ThenBy(order => order.VenueOrderId).ToList())
            {
                Assert.True(expected == queue.First && queue.Due == expected.Expiry, $"seed {seed}");
                queue.Remove(expected);
            }
            Assert.True(queue.Due.IsNone, $"seed {seed}");
        }
    }

    /// <summary>The session of the first tape closes 5 µs after the order was accepted; the next one a day later.</summary>
    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 86_400_000_000)]      // accepted at the close: the next session's
    public void Day_order_ends_with_its_session_or_with_the_next_one(long closesAfter, long endsAfter)
    {
        Tape tape = Market();
        long accepted = tape.Time - Microsecond;
        SessionHours hours = SessionHours.EveryDay with { Close = new Duration(accepted + closesAfter * Microsecond) };
        int before = tape.Messages.Count;
        for (int i = 0; i < 20; i++) tape.Nothing();
        tape.Time += 2 * 86_400_000_000_000;
        tape.Nothing();

        List<OrderReport> reports = VenueRun.Of(tape, before, engine => engine.Submit(Side.Buy, 98, 2, change: Conditions.Day), hours: hours);

        Assert.Equal(["Accepted ahead 0", "Expired TimeIsUp cumulative 0"], VenueRun.Lines(reports));
        Assert.Equal(accepted + endsAfter * Microsecond, reports[1].Header.EventTime.Nanos);
    }

    [Fact]
    public void Order_good_till_a_date_ends_then_between_two_messages()
    {
        Tape tape = Market();
        long end = tape.Time + 1_500;
        int before = tape.Messages.Count;

        List<OrderReport> reports = VenueRun.Of(tape.Nothing().Nothing().Nothing(), before, engine => engine.Submit(Side.Buy, 98, 2, change: Conditions.Until(end)));

        Assert.Equal(["Accepted ahead 0", "Expired TimeIsUp cumulative 0"], VenueRun.Lines(reports));
        Assert.Equal((end, Quantity.Zero), (reports[1].Header.EventTime.Nanos, reports[1].Leaves));
    }

    [Theory]
    [InlineData(0, "Rejected ConditionInvalid")]
    [InlineData(-1, "Rejected ConditionInvalid")]
    [InlineData(1, "Accepted ahead 0")]
    public void Date_lies_after_the_acceptance(long nanos, string expected)
    {
        Tape tape = Market();
        long accepted = tape.Time - Microsecond;

        Assert.Equal(expected, VenueRun.Lines(VenueRun.AtEndOf(tape, engine => engine.Submit(Side.Buy, 98, 2, change: Conditions.Until(accepted + nanos))))[0]);
    }

    /// <summary>The cancel is sent 1 µs before the order's end and takes as long as that.</summary>
    [Theory]
    [InlineData(0, "Expired TimeIsUp cumulative 0|CancelRejected TooLate")]
    [InlineData(1, "Canceled Requested cumulative 0")]
    public void At_equal_time_the_end_comes_before_commands(long later, string expected)
    {
        Tape tape = Market();
        long first = tape.Time;
        for (int i = 0; i < 12; i++) tape.Nothing();
        ClientOrderId id = default;
        ScriptedEngine engine = new(new LatencyModel(new Duration(Microsecond), Duration.Zero, Duration.Zero))
        {
            OnInput = (one, header) =>
            {
                if (header.Type != MessageType.MarketByOrder) return;
                if (header.EventTime.Nanos == first) id = one.Submit(Side.Buy, 98, 2, change: Conditions.Until(first + 5 * Microsecond + 500 + later));
                if (header.EventTime.Nanos == first + 4 * Microsecond) one.Cancel(id);
            },
        };
        // Between two records of the tape, so that neither of both is there because of one.
        for (int i = 0; i < tape.Messages.Count; i++)
        {
            ref MarketByOrder record = ref Unsafe.As<byte, MarketByOrder>(ref tape.Messages[i][0]);
            if (record.Header.Type == MessageType.MarketByOrder && record.Header.EventTime.Nanos == first + 4 * Microsecond) record.Header.ReceiveTime += new Duration(500);
        }
        engine.Run(tape);

        Assert.Equal(expected, string.Join('|', VenueRun.Lines(engine.Reports)[1..]));
        Assert.Equal(engine.Expected(tape).Select(said => SaidText.Of(said)), engine.Said.Select(said => SaidText.Of(said)));
    }

    /// <summary>The tape trades 1 of our 2 at the very time.</summary>
    [Fact]
    public void At_equal_time_the_tape_comes_before_the_end()
    {
        Tape tape = Market();
        long end = tape.Time;
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 98, 1, BookFlags.Last);
        int again = tape.Messages.Count;
        ClientOrderId id = default;

        List<OrderReport> reports = VenueRun.Of(
            tape.Nothing(), before, engine => id = engine.Submit(Side.Buy, 98, 2, change: Conditions.Until(end)), engine => engine.Cancel(id), again);

        Assert.Equal(["Accepted ahead 0", "Filled 1 leaves 1 ahead 0", "Expired TimeIsUp cumulative 1", "CancelRejected TooLate"], VenueRun.Lines(reports));
    }

    /// <summary>The event begins before the order's end and is over after it: what it fills is filled, and what is left ends with it, before the cancel that waited as long.</summary>
    [Fact]
    public void End_within_an_event_of_the_instrument_waits_for_its_end()
    {
        Tape tape = Market();
        long end = tape.Time + 500;
        int before = tape.Messages.Count;
        tape.Trade(Side.Sell, 98, 1);
        int again = tape.Messages.Count;
        tape.Nothing(BookFlags.None).Nothing();
        long over = tape.Time - Microsecond;
        ClientOrderId id = default;

        List<OrderReport> reports = VenueRun.Of(
            tape.Nothing(), before, engine => id = engine.Submit(Side.Buy, 98, 2, change: Conditions.Until(end)), engine => engine.Cancel(id), again);

        Assert.Equal(["Accepted ahead 0", "Filled 1 leaves 1 ahead 0", "Expired TimeIsUp cumulative 1", "CancelRejected TooLate"], VenueRun.Lines(reports));
        Assert.Equal(over, reports[2].Header.EventTime.Nanos);
    }

    [Fact]
    public void Waiting_stops_and_dormant_children_end_too()
    {
        Tape tape = Market();
        long end = tape.Time + 500;
        int before = tape.Messages.Count;

        List<OrderReport> reports = VenueRun.Of(tape.Nothing().Nothing(), before, engine =>
        {
            engine.Submit(Side.Sell, 0, 2, change: Conditions.Stop(90) + Conditions.Until(end));
            engine.Submit(Side.Buy, 98, 2, change: Conditions.Parent());
            engine.Submit(Side.Sell, 105, 2, change: Conditions.Oco() + Conditions.Until(end));
            engine.Submit(Side.Sell, 0, 2, change: Conditions.Oco() + Conditions.Stop(95));
        });

        Assert.Equal(["Expired TimeIsUp cumulative 0", "Expired TimeIsUp cumulative 0", "Canceled ListDone cumulative 0"], VenueRun.Lines(reports)[4..]);
    }

    /// <summary>Asks 101: 1 (5). Bids 97: 2 (5).</summary>
    private static Tape Market() => new Tape().Define().Add(1, Side.Sell, 101, 5).Add(2, Side.Buy, 97, 5);
}
