using Fathom.Domain.Messages;
using Fathom.Simulation.Costs;

namespace Fathom.Tests.Simulation.Costs;

public class FeeBookTests
{
    [Fact]
    public void Instrument_with_a_schedule_of_its_own_pays_by_it_and_every_other_by_the_usual_one()
    {
        FeeSchedule usual = new(1m, 2m, 3m);
        for (int count = 0; count < 40; count++)
        {
            Dictionary<string, FeeSchedule> own = Enumerable.Range(0, count).ToDictionary(i => $"ES{i * 7 % 41}", _ => new FeeSchedule(0m, 0m, 0m));
            FeeBook book = new(usual, own);

            Assert.All(own, one => Assert.Same(one.Value, book.Of(Named(one.Key))));
            Assert.All(["", "E", "ES", "ESX", "ES100", "ZZZ"], symbol => Assert.Same(usual, book.Of(Named(symbol))));
        }
    }

    [Fact]
    public void Symbol_that_no_venue_can_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => new FeeBook(FeeSchedule.None, new Dictionary<string, FeeSchedule> { [new string('x', 73)] = FeeSchedule.None }));

    private static InstrumentDefinition Named(string symbol) => new() { Symbol = SymbolText.From(symbol) };
}
