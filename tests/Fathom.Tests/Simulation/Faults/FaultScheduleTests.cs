using Fathom.Domain;
using Fathom.Simulation.Faults;

namespace Fathom.Tests.Simulation.Faults;

public class FaultScheduleTests
{
    [Fact]
    public void Text_reads_back_to_the_same_schedule()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            FaultSchedule drawn = FaultSchedule.Of(seed, new FaultOptions());
            FaultSchedule schedule = new(seed * 0x9E37_79B9_7F4A_7C15, seed % 2 == 0 ? null : (int)seed, drawn.Faults);

            Assert.Equal(schedule, FaultSchedule.Parse(schedule.ToString()));
        }
    }

    [Fact]
    public void Same_seed_draws_the_same_and_another_seed_another()
    {
        Assert.Equal(FaultSchedule.Of(7, new FaultOptions()), FaultSchedule.Of(7, new FaultOptions()));
        Assert.NotEqual(FaultSchedule.Of(7, new FaultOptions()).Faults, FaultSchedule.Of(8, new FaultOptions()).Faults);
    }

    [Fact]
    public void Draws_keep_to_their_options()
    {
        FaultOptions options = new() { CountMin = 3, CountMax = 5, Steps = 40, DelayMax = 100, Kinds = [FaultKind.Stall, FaultKind.Bust] };
        HashSet<int> counts = [];
        for (ulong seed = 0; seed < 300; seed++)
        {
            FaultSchedule schedule = FaultSchedule.Of(seed, options);
            counts.Add(schedule.Faults.Count);
            Assert.All(schedule.Faults, static fault => Assert.True(fault is { Step: >= 1 and <= 40, Amount: >= 0 and <= 100, Kind: FaultKind.Stall or FaultKind.Bust }, fault.ToString()));
        }

        Assert.Equal([3, 4, 5], counts.Order());
    }

    [Fact]
    public void Faults_stand_in_the_order_of_their_steps()
    {
        FaultSchedule schedule = FaultSchedule.Parse("kill@9:1, seed=3, bust@2:5, stall@9:2");

        Assert.Equal("seed=3,bust@2:5,kill@9:1,stall@9:2", schedule.ToString());
    }

    [Theory]
    [InlineData("seed=x")]
    [InlineData("messages=0")]
    [InlineData("restart")]
    [InlineData("seed=1,restarts@3:1")]
    public void Wrong_text_names_what_was_found(string text)
    {
        InputException exception = Assert.Throws<InputException>(() => FaultSchedule.Parse(text));

        Assert.Contains(text.Split(',')[^1], exception.Message, StringComparison.Ordinal);
        Assert.Contains("kind@step:amount", exception.Message, StringComparison.Ordinal);
    }
}
