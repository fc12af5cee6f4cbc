using System.Globalization;

namespace Orleans
{
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        private readonly string _grainType = grainType;

        public GrainType GetGrainType(IServiceProvider? services, Type? type) => GrainType.Create(_grainType);
    }

    /// <summary>How long an idle activation of the class stays.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        private readonly TimeSpan? _limit;

        public CollectionAgeLimitAttribute()
        {
        }

        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            _limit = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

        public double Days { get; set; }

        public double Hours { get; set; }

        public double Minutes { get; set; }

        public bool AlwaysActive { get; set; }

        public TimeSpan AgeLimit => AlwaysActive ? TimeSpan.FromDays(short.MaxValue) : _limit ?? AtLeastTheMinimum;

        private TimeSpan AtLeastTheMinimum =>
            TimeSpan.FromTicks(
                Math.Max(MinAgeLimit.Ticks, (TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes)).Ticks));
    }

    /// <summary>Activations of the class are never collected for being idle.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class KeepAliveAttribute : Attribute;
}

namespace Orleans.Runtime
{
    /// <summary>A constructor parameter that is the grain's stored state.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IPersistentStateConfiguration
    {
        public string StateName { get; } = stateName;

        public string? StorageName { get; } = storageName;
    }

    public interface IPersistentStateConfiguration
    {
        string StateName { get; }

        string? StorageName { get; }
    }
}
